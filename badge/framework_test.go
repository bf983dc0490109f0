package badge

import (
	"strings"
	"testing"
)

const (
	someUUID = "6369c51f-4d86-4592-a761-8b32ae70a045"
	loudUUID = "6369C51F-4D86-4592-A761-8B32AE70A045"
)

// TestNodeOf has the ways in which alignments in circulation name nodes, and what is close and none.
func TestNodeOf(t *testing.T) {
	for name, c := range map[string]struct {
		aim  aim
		want node
	}{
		"ESCO skill":             {aim{url: "http://data.europa.eu/esco/skill/" + someUUID}, node{ESCO, "skill", "esco:skill:" + someUUID}},
		"ESCO, https and loud":   {aim{url: "HTTPS://Data.Europa.EU/esco/skill/" + loudUUID + "/"}, node{ESCO, "skill", "esco:skill:" + someUUID}},
		"ESCO occupation":        {aim{url: "http://data.europa.eu/esco/occupation/" + someUUID}, node{ESCO, "occupation", "esco:occupation:" + someUUID}},
		"ESCO skill group":       {aim{url: "http://data.europa.eu/esco/skill/S1.8.1"}, node{ESCO, "skill", "esco:skill:S1.8.1"}},
		"ESCO page":              {aim{url: "https://esco.ec.europa.eu/en/classification/skill?uri=http://data.europa.eu/esco/skill/" + someUUID}, node{ESCO, "skill", "esco:skill:" + someUUID}},
		"ESCO in the code":       {aim{url: "https://example.edu/x", code: "http://data.europa.eu/esco/skill/" + someUUID}, node{ESCO, "skill", "esco:skill:" + someUUID}},
		"ESCO of another host":   {aim{url: "http://data.europa.eu.example/esco/skill/" + someUUID}, node{Custom, "", "url:http://data.europa.eu.example/esco/skill/" + someUUID}},
		"CTDL registry":          {aim{url: "https://credentialengineregistry.org/resources/ce-" + someUUID}, node{CTDL, "", "ctdl:ce-" + someUUID}},
		"CTDL finder":            {aim{url: "https://credentialfinder.org/competency/CE-" + loudUUID}, node{CTDL, "competency", "ctdl:ce-" + someUUID}},
		"CTDL by type":           {aim{url: "https://credentialfinder.org/x/ce-" + someUUID, kind: "ceterms:Credential"}, node{CTDL, "credential", "ctdl:ce-" + someUUID}},
		"CTDL by code":           {aim{url: "https://example.edu/x", code: "ce-" + someUUID}, node{CTDL, "", "ctdl:ce-" + someUUID}},
		"CTDL without a CTID":    {aim{url: "https://credentialfinder.org/competency/12345", kind: "ceasn:Competency"}, node{CTDL, "competency", "url:https://credentialfinder.org/competency/12345"}},
		"not a CTID":             {aim{url: "https://example.edu/ce-" + someUUID + "0"}, node{Custom, "", "url:https://example.edu/ce-" + someUUID + "0"}},
		"O*NET occupation":       {aim{url: "https://www.onetonline.org/link/summary/15-1252.00"}, node{ONET, "occupation", "onet:15-1252.00"}},
		"O*NET services":         {aim{url: "https://services.onetcenter.org/ws/online/occupations/17-2051.01/"}, node{ONET, "occupation", "onet:17-2051.01"}},
		"O*NET without decimals": {aim{url: "https://www.onetonline.org/link/summary/15-1252"}, node{ONET, "occupation", "onet:15-1252.00"}},
		"O*NET element":          {aim{url: "https://www.onetonline.org/find/descriptor/result/2.A.1.a"}, node{ONET, "skill", "onet:2.A.1.a"}},
		"O*NET ability":          {aim{url: "https://www.onetonline.org/find/descriptor/result/1.A.1.d.1"}, node{ONET, "ability", "onet:1.A.1.d.1"}},
		"O*NET element by code":  {aim{url: "https://example.edu/x", code: "2.C.3.a", framework: "O*NET Knowledge"}, node{ONET, "knowledge", "onet:2.C.3.a"}},
		"O*NET code alone":       {aim{code: " 15-1252.00 "}, node{ONET, "occupation", "onet:15-1252.00"}},
		"an element of nobody":   {aim{code: "2.A.1.a"}, node{Custom, "", "code:|2.A.1.a"}},
		"a code of another":      {aim{code: "15-1252.00", framework: "Our Codes"}, node{Custom, "", "code:our codes|15-1252.00"}},
		"O*NET of another host":  {aim{url: "https://notonetonline.org/link/summary/15-1252.00"}, node{Custom, "", "url:https://notonetonline.org/link/summary/15-1252.00"}},
		"O*NET page":             {aim{url: "https://www.onetonline.org/skills/"}, node{ONET, "", "url:https://www.onetonline.org/skills/"}},
		"CASE item":              {aim{url: "https://case.georgiastandards.org/ims/case/v1p0/CFItems/" + loudUUID}, node{CASE, "item", "case:" + someUUID}},
		"CASE 1.1":               {aim{url: "https://case.example.org/ims/case/v1p1/CFItems/" + someUUID}, node{CASE, "item", "case:" + someUUID}},
		"CASE document":          {aim{url: "https://case.example.org/ims/case/v1p0/CFDocuments/" + someUUID}, node{CASE, "document", "case:" + someUUID}},
		"CASE id of its own":     {aim{url: "https://case.example.org/ims/case/v1p0/CFItems/8e2f-emerging"}, node{CASE, "item", "url:https://case.example.org/ims/case/v1p0/CFItems/8e2f-emerging"}},
		"CASE id of another":     {aim{url: "https://case.example.com/ims/case/v1p0/CFItems/8e2f-emerging"}, node{CASE, "item", "url:https://case.example.com/ims/case/v1p0/CFItems/8e2f-emerging"}},
		"CASE over the code":     {aim{url: "https://case.example.org/ims/case/v1p0/CFItems/" + someUUID, code: "http://data.europa.eu/esco/skill/" + someUUID}, node{CASE, "item", "case:" + someUUID}},
		"CASE level":             {aim{url: "https://case.example.org/ims/case/v1p0/CFItems/" + someUUID, kind: "CFRubricCriterionLevel"}, node{CASE, "level", "case:" + someUUID}},
		"CASE network":           {aim{url: "https://casenetwork.1edtech.org/c649d172-d7cb-11e8-824f-0242ac160002/" + someUUID}, node{CASE, "", "case:" + someUUID}},
		"CASE by uri":            {aim{url: "https://opensalt.net/uri/" + someUUID, kind: "CFItem"}, node{CASE, "item", "case:" + someUUID}},
		"CASE by code":           {aim{url: "https://example.edu/x", code: loudUUID, kind: "CFItem"}, node{CASE, "item", "case:" + someUUID}},
		"CASE by type alone":     {aim{url: "https://robots.example/competencies/programming", kind: "CFItem"}, node{CASE, "item", "url:https://robots.example/competencies/programming"}},
		"a UUID of nobody":       {aim{url: "https://opensalt.net/uri/" + someUUID}, node{Custom, "", "url:https://opensalt.net/uri/" + someUUID}},
		"URL in capitals":        {aim{url: "HTTPS://Example.EDU"}, node{Custom, "", "url:https://example.edu/"}},
		"URL with a code":        {aim{url: "https://example.edu/f", code: "S1"}, node{Custom, "", "url:https://example.edu/f|S1"}},
		"no URL":                 {aim{url: "::", code: ""}, node{Custom, "", "url:::"}},
		"an URN":                 {aim{url: "urn:x:y"}, node{Custom, "", "url:urn:x:y"}},
		"nothing":                {aim{framework: "F"}, node{Custom, "", ""}},
	} {
		if got := nodeOf(c.aim); got != c.want {
			t.Errorf("%s: got %+v, want %+v", name, got, c.want)
		}
	}
}

// FuzzNodeOf holds that a key is found for everything with a URL or a code, and that it is the same in capitals
// where these make no difference.
func FuzzNodeOf(f *testing.F) {
	seeds := 0
	for _, url := range []string{"http://data.europa.eu/esco/skill/" + someUUID, "https://credentialfinder.org/competency/ce-" + someUUID,
		"https://www.onetonline.org/link/summary/15-1252.00", "https://c.example/ims/case/v1p0/CFItems/" + someUUID, "https://e.edu/%zz", "://", ""} {
		if n := nodeOf(aim{url: url}); n.key != "" {
			seeds++
		}
		f.Add(url, "", "", "")
		f.Add(url, "2.A.1.a", "CFItem", "O*NET")
	}
	if seeds != 6 {
		f.Fatalf("%d seeds with a key", seeds)
	}
	f.Fuzz(func(t *testing.T, url, code, kind, framework string) {
		n := nodeOf(aim{url: url, code: code, kind: kind, framework: framework})
		if (n.key == "") != (strings.TrimSpace(url)+strings.TrimSpace(code) == "") {
			t.Errorf("key %q of %q and %q", n.key, url, code)
		}
		if again := nodeOf(aim{url: " " + url + "\n", code: code, kind: kind, framework: framework}); again != n {
			t.Errorf("with white space: %+v, without: %+v", again, n)
		}
	})
}
