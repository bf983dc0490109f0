package main

import "strings"

// languages are those that the reader likes, best first, as the environment says them: LANGUAGE, which may list
// several, and the first of LC_ALL, LC_MESSAGES and LANG that is set (POSIX; GNU gettext for LANGUAGE, which does not
// count where the locale is C). They choose among the languages that a badge is written in; English is the last
// choice, and what this program says is English always.
func languages(getenv func(string) string) []string {
	locale := ""
	for _, name := range [...]string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if locale = getenv(name); locale != "" {
			break
		}
	}
	var all []string
	if tag := languageTag(locale); tag != "" {
		for l := range strings.SplitSeq(getenv("LANGUAGE"), ":") {
			if other := languageTag(l); other != "" {
				all = append(all, other)
			}
		}
		all = append(all, tag)
	}
	return append(all, "en")
}

// languageTag makes a language tag such as "de-AT" of the name of a locale such as "de_AT.UTF-8@euro"; "" where it
// names no language.
func languageTag(locale string) string {
	name, _, _ := strings.Cut(locale, "@")
	name, _, _ = strings.Cut(name, ".")
	if name == "C" || name == "POSIX" {
		return ""
	}
	return strings.ReplaceAll(name, "_", "-")
}
