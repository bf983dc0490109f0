package main

import (
	"os"
	"slices"
	"strings"
	"testing"
)

func TestLanguages(t *testing.T) {
	for environment, want := range map[string][]string{
		"":                               {"en"},
		"LANG=C":                         {"en"},
		"LANG=C.UTF-8":                   {"en"},
		"LANG=POSIX":                     {"en"},
		"LANG=de_AT.UTF-8@euro":          {"de-AT", "en"},
		"LANG=fr":                        {"fr", "en"},
		"LANG=de LC_ALL=fr_CH.UTF-8":     {"fr-CH", "en"},
		"LANG=de LC_MESSAGES=it":         {"it", "en"},
		"LANG=de LC_ALL=C":               {"en"},
		"LANG=de LANGUAGE=pt_BR:pt:es":   {"pt-BR", "pt", "es", "de", "en"},
		"LANG=C LANGUAGE=de":             {"en"},
		"LANG=de LANGUAGE=:C:":           {"de", "en"},
		"LC_ALL= LANG=sr_RS.UTF-8@latin": {"sr-RS", "en"},
	} {
		got := languages(func(name string) string {
			for _, pair := range strings.Fields(environment) {
				if n, value, _ := strings.Cut(pair, "="); n == name {
					return value
				}
			}
			return ""
		})
		if !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", environment, got, want)
		}
	}
}

// TestLanguageOfTheReader: of texts in several languages, that which the environment asks for is shown, in the badge
// and in what is inside. The words of the program stay.
func TestLanguageOfTheReader(t *testing.T) {
	badge := `{"@context":["https://www.w3.org/ns/credentials/v2","https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
	  "type":["VerifiableCredential","OpenBadgeCredential"],"issuer":{"id":"urn:1","type":["Profile"],"name":[{"@value":"Schule","@language":"de"},{"@value":"School","@language":"en"}]},
	  "credentialSubject":{"type":["AchievementSubject"],"achievement":{"type":["Achievement"],
	    "name":[{"@value":"Schweißen","@language":"de"},{"@value":"Welding","@language":"en"},{"@value":"Soudage","@language":"fr"}],
	    "description":"x","criteria":{"narrative":{"de":"Schweiße.","en":"Weld."}}}}}`
	for locale, want := range map[string][]string{
		"":            {"badge Welding", "issued by School", "criteria Weld."},
		"de_DE.UTF-8": {"badge Schweißen", "issued by Schule", "criteria Schweiße."},
		"fr_CA.UTF-8": {"badge Soudage", "issued by School", "criteria Weld."},
		"ja_JP.UTF-8": {"badge Welding", "issued by School"},
	} {
		t.Setenv("LC_ALL", locale)
		out, _, _ := execute(t, badge, "--offline", "-")
		for _, s := range append(want, "What the badge says") {
			if !strings.Contains(flat(out), s) {
				t.Errorf("%q does not say %q:\n%s", locale, s, out)
			}
		}
	}
	os.Unsetenv("LC_ALL")
}
