package badge_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/badgeproof/badgeproof/badge"
	"github.com/badgeproof/badgeproof/verify"
)

// TestHosted is the badge that all twins below are made from: whatever of it is handed over, it is valid.
func TestHosted(t *testing.T) {
	w := newOlderWorld()
	p := trusting()
	p.Recipient = badge.Email(ada)
	b, r := w.judge(t, text(t, w.assertion), p)
	wantOlder(t, r, verify.Valid, "", "")
	if r.Format != badge.FormatHosted || r.Binding != verify.IssuerOrigin || r.Container != "json" || len(r.Sources) != 3 {
		t.Errorf("format %s, binding %s, container %s, %d sources", r.Format, r.Binding, r.Container, len(r.Sources))
	}
	if s := r.Credential; s.ID != assertionURL || s.Issuer != issuerURL || s.Name != "3-D Printmaster" || !slices.Equal(s.Type, []string{"Assertion"}) {
		t.Errorf("summary %+v", s)
	}
	if b.Generation() != 2 || b.Name() != "" || b.Resolved(r).Name() != "3-D Printmaster" {
		t.Errorf("generation %d, name %q, resolved %q", b.Generation(), b.Name(), b.Resolved(r).Name())
	}
	for _, c := range r.Checks {
		if c.Outcome != verify.Passed && c.Reason != "absent" {
			t.Errorf("check %s is %v, %s", c.Check, c.Outcome, c.Reason)
		}
	}
}

// TestHostedForms has what issuers in circulation do, all of it valid.
func TestHostedForms(t *testing.T) {
	for name, edit := range map[string]func(w *olderWorld){
		"context in a list": func(w *olderWorld) { w.assertion["@context"] = []any{context2, "https://example.org/more"} },
		"type in a list":    func(w *olderWorld) { w.assertion["type"] = []any{"Assertion", "extensions:Mine"} },
		"verify for verification": func(w *olderWorld) {
			w.assertion["verify"] = object{"type": "hosted", "url": assertionURL}
			delete(w.assertion, "verification")
		},
		"embedded badge class":    func(w *olderWorld) { w.assertion["badge"] = w.class },
		"embedded issuer":         func(w *olderWorld) { w.class["issuer"] = maps.Clone(w.issuer) },
		"embedded both":           func(w *olderWorld) { w.assertion["badge"] = w.class; w.class["issuer"] = maps.Clone(w.issuer) },
		"issuer stub":             func(w *olderWorld) { w.class["issuer"] = object{"id": issuerURL, "name": "Makers"} },
		"ephemeral badge class":   func(w *olderWorld) { w.class["id"] = "urn:uuid:1"; w.assertion["badge"] = w.class },
		"no e-mail of the issuer": func(w *olderWorld) { delete(w.issuer, "email") },
		"null and empty":          func(w *olderWorld) { w.assertion["expires"] = nil; w.assertion["evidence"] = []any{} },
		"scope spelled out":       func(w *olderWorld) { w.issuer["verification"] = object{"allowedOrigins": "issuer.example"} },
		"several origins": func(w *olderWorld) {
			w.issuer["verification"] = object{"allowedOrigins": []any{"a.example", "ISSUER.example"}}
		},
		"start of the URL": func(w *olderWorld) {
			w.issuer["verification"] = object{"startsWith": "https://issuer.example/assertions/"}
		},
		"start without a slash": func(w *olderWorld) {
			w.issuer["verification"] = object{"startsWith": []any{"https://issuer.example/assertions"}}
		},
		"start is the origin": func(w *olderWorld) { w.issuer["verification"] = object{"startsWith": "https://issuer.example"} },
		"both": func(w *olderWorld) {
			w.issuer["verification"] = object{"allowedOrigins": "issuer.example", "startsWith": "https://issuer.example/a" + "ssertions/"}
		},
		"date with +0000":         func(w *olderWorld) { w.assertion["issuedOn"] = "2026-05-31T12:00:00+0000" },
		"date without seconds":    func(w *olderWorld) { w.assertion["issuedOn"] = "2026-05-31T12:00Z" },
		"expires later":           func(w *olderWorld) { w.assertion["expires"] = "2026-11-22T00:00:00Z" },
		"recipient in plain text": func(w *olderWorld) { w.assertion["recipient"] = object{"type": "email", "identity": ada} },
		"unsalted": func(w *olderWorld) {
			w.assertion["recipient"] = object{"type": "email", "hashed": true, "identity": hashed(ada, "")}
		},
		"recipient in a list": func(w *olderWorld) { w.assertion["recipient"] = []any{w.assertion["recipient"]} },
		"extension": func(w *olderWorld) {
			w.assertion["extensions:mine"] = object{"type": []any{"Extension", "extensions:Mine"}, "x": 1}
		},
		"revocation list":      func(w *olderWorld) { w.issuer["revocationList"] = listURL },
		"revoked is false":     func(w *olderWorld) { w.assertion["revoked"] = false },
		"redirect on the host": func(w *olderWorld) { w.from[assertionURL] = "https://issuer.example/elsewhere" },
	} {
		t.Run(name, func(t *testing.T) {
			w := newOlderWorld()
			edit(w)
			p := trusting()
			p.Recipient = badge.Email(ada)
			_, r := w.judge(t, text(t, w.assertion), p)
			wantOlder(t, r, verify.Valid, "", "")
		})
	}
}

// TestHostedForged has, for each rule, a twin of the valid badge that breaks just it.
func TestHostedForged(t *testing.T) {
	const evil = "https://evil.example/a"
	for name, c := range map[string]struct {
		edit    func(w *olderWorld)
		verdict verify.Verdict
		check   string
		code    string
	}{
		"nothing there":     {func(w *olderWorld) { w.host.Fail(assertionURL, goneError(404)); w.extra[assertionURL] = nil }, verify.Indeterminate, "proof", "hosted.unreachable"},
		"gone":              {func(w *olderWorld) { w.host.Fail(assertionURL, goneError(410)); w.extra[assertionURL] = nil }, verify.Invalid, "status", "status.revoked"},
		"revoked":           {func(w *olderWorld) { w.assertion["revoked"] = true }, verify.Invalid, "status", "status.revoked"},
		"revoked in a text": {func(w *olderWorld) { w.assertion["revoked"] = "yes" }, verify.Invalid, "status", "status.revoked"},
		"revoked, stripped": {func(w *olderWorld) {
			w.extra[assertionURL] = object{"@context": context2, "id": assertionURL, "revoked": true, "revocationReason": "Fraud"}
		}, verify.Invalid, "status", "status.revoked"},
		"listed as revoked":       {func(w *olderWorld) { w.issuer["revocationList"] = listURL; w.list["revokedAssertions"] = assertionURL }, verify.Invalid, "status", "status.revoked"},
		"another assertion there": {func(w *olderWorld) { w.extra[assertionURL] = with(w.assertion, "id", assertionURL+"0") }, verify.Invalid, "proof", "hosted.id"},
		"id in another spelling": {func(w *olderWorld) {
			w.extra[assertionURL] = with(w.assertion, "id", "https://ISSUER.example/assertions/1")
		}, verify.Invalid, "proof", "hosted.id"},
		"redirect to somebody":      {func(w *olderWorld) { w.from[assertionURL] = evil }, verify.Indeterminate, "proof", "hosted.redirect"},
		"redirect of the issuer":    {func(w *olderWorld) { w.from[issuerURL] = evil }, verify.Indeterminate, "issuer", "hosted.redirect"},
		"redirect of the class":     {func(w *olderWorld) { w.from[classURL] = evil }, verify.Indeterminate, "proof", "hosted.redirect"},
		"class gone":                {func(w *olderWorld) { w.host.Fail(classURL, goneError(410)); w.extra[classURL] = nil }, verify.Indeterminate, "proof", "hosted.unreachable"},
		"class calls itself other":  {func(w *olderWorld) { w.class["id"] = classURL + "0" }, verify.Invalid, "proof", "hosted.id"},
		"class is no class":         {func(w *olderWorld) { w.class["type"] = "Assertion" }, verify.Invalid, "badge.conformance", "ob2.value"},
		"class links to itself":     {func(w *olderWorld) { w.class["issuer"] = classURL }, verify.Invalid, "issuer", "issuer.untrusted"},
		"issuer gone":               {func(w *olderWorld) { w.host.Fail(issuerURL, goneError(404)); w.extra[issuerURL] = nil }, verify.Indeterminate, "issuer", "hosted.unreachable"},
		"issuer calls itself other": {func(w *olderWorld) { w.issuer["id"] = evil }, verify.Invalid, "issuer", "hosted.id"},
		"no issuer":                 {func(w *olderWorld) { delete(w.class, "issuer") }, verify.Invalid, "issuer", "ob2.missing"},
		"issuer not trusted":        {func(w *olderWorld) { w.class["issuer"] = evil }, verify.Invalid, "issuer", "issuer.untrusted"},
		"signed, and nobody signed": {func(w *olderWorld) { w.assertion["verification"] = object{"type": "signed"} }, verify.Invalid, "proof", "proof.missing"},
		"hosted says signed": {func(w *olderWorld) {
			w.extra[assertionURL] = with(w.assertion, "verification", object{"type": "signed"})
		}, verify.Invalid, "proof", "proof.missing"},
		"hosted in a blockchain": {func(w *olderWorld) {
			w.extra[assertionURL] = with(w.assertion, "verification", object{"type": []any{"MerkleProofVerification2017", "Extension"}})
		}, verify.Indeterminate, "proof", "ob2.method"},
		"in a blockchain": {func(w *olderWorld) {
			w.assertion["verification"] = object{"type": []any{"MerkleProofVerification2017", "Extension"}}
		}, verify.Indeterminate, "proof", "ob2.method"},
		"expired":             {func(w *olderWorld) { w.assertion["expires"] = "2026-11-21T23:59:59Z" }, verify.Invalid, "validity", "validity.expired"},
		"not issued yet":      {func(w *olderWorld) { w.assertion["issuedOn"] = "2026-11-22T01:00:00+00:30" }, verify.Invalid, "validity", "validity.not_yet"},
		"date without a zone": {func(w *olderWorld) { w.assertion["issuedOn"] = "2026-05-31T12:00:00" }, verify.Invalid, "validity", "model.date"},
		"day only":            {func(w *olderWorld) { w.assertion["expires"] = "2027-05-31" }, verify.Invalid, "validity", "model.date"},
		"somebody else": {func(w *olderWorld) {
			w.assertion["recipient"] = object{"type": "email", "hashed": true, "identity": hashed("eve@example.org", "")}
		}, verify.Invalid, "recipient", "recipient.mismatch"},
		"another salt": {func(w *olderWorld) {
			w.assertion["recipient"] = object{"type": "email", "hashed": true, "identity": hashed(ada, "salt"), "salt": "tlas"}
		}, verify.Invalid, "recipient", "recipient.mismatch"},
		"another type of recipient": {func(w *olderWorld) {
			w.assertion["recipient"] = object{"type": "telephone", "hashed": false, "identity": ada}
		}, verify.Indeterminate, "recipient", "recipient.unidentified"},
		"two recipients": {func(w *olderWorld) {
			w.assertion["recipient"] = []any{w.assertion["recipient"], object{"type": "email", "hashed": false, "identity": "eve@example.org"}}
		}, verify.Invalid, "badge.conformance", "ob2.type"},
		"no recipient":              {func(w *olderWorld) { delete(w.assertion, "recipient") }, verify.Invalid, "badge.conformance", "ob2.missing"},
		"two names of one property": {func(w *olderWorld) { w.assertion["verify"] = object{"type": "signed"} }, verify.Invalid, "model", "ob2.value"},
		"huge":                      {func(w *olderWorld) { w.extra[assertionURL] = with(w.assertion, "pad", strings.Repeat("x", 1<<20)) }, verify.Indeterminate, "proof", "hosted.document"},
		"list of somebody else":     {func(w *olderWorld) { w.issuer["revocationList"] = listURL; w.list["issuer"] = evil }, verify.Indeterminate, "status", "status.list_proof"},
		"list not there":            {func(w *olderWorld) { w.issuer["revocationList"] = listURL + "0" }, verify.Indeterminate, "status", "status.unreachable"},
	} {
		t.Run(name, func(t *testing.T) {
			w := newOlderWorld()
			c.edit(w)
			p := trusting()
			p.Recipient = badge.Email(ada)
			_, r := w.judge(t, text(t, w.assertion), p)
			wantOlder(t, r, c.verdict, c.check, c.code)
			if calls := w.host.Calls(); slices.ContainsFunc(calls, func(url string) bool { return strings.Contains(url, "evil") }) {
				t.Errorf("somebody was asked who is not trusted: %v", calls)
			}
		})
	}
}

// TestScopeEscapes has ids that are not in the issuer's scope, however they look: it says what is reported where the issuer is
// known from what was handed over and, with every issuer trusted, once its own document was read. Where the issuer is not
// known and only some are trusted, nobody but those is asked.
func TestScopeEscapes(t *testing.T) {
	for name, c := range map[string]struct{ id, code string }{
		"hosted by somebody else":        {"https://evil.example/a", "hosted.scope"},
		"host that begins the same":      {"https://issuer.example.evil.com/assertions/1", "hosted.scope"},
		"subdomain":                      {"https://badges.issuer.example/assertions/1", "hosted.scope"},
		"another port":                   {"https://issuer.example:8443/assertions/1", "hosted.scope"},
		"trailing dot":                   {"https://issuer.example./assertions/1", "hosted.scope"},
		"user information":               {"https://issuer.example@evil.example/a", "hosted.url"},
		"user information of the issuer": {"https://issuer.example:x@issuer.example/a", "hosted.url"},
		"backslash":                      {`https://evil.example\@issuer.example/a`, "hosted.url"},
		"dot segments":                   {"https://issuer.example/assertions/../evil/1", "hosted.url"},
		"encoded dot segments":           {"https://issuer.example/assertions/%2e%2E/evil/1", "hosted.url"},
		"encoded slash":                  {"https://issuer.example/assertions/..%2fevil", "hosted.url"},
		"encoded host":                   {"https://issuer%2eexample/a", "hosted.url"},
		"Unicode host":                   {"https://issu\u0435r.example/a", "hosted.url"},
		"http":                           {"http://issuer.example/assertions/1", "hosted.url"},
		"no URL":                         {"urn:uuid:1", "hosted.url"},
	} {
		t.Run(name, func(t *testing.T) {
			want := verify.Invalid
			if c.code == "hosted.url" && name != "backslash" { // which is no IRI either
				want = verify.Indeterminate
			}
			anyone := trusting()
			anyone.Issuers = verify.UnsafeAnyIssuer()
			known, linked, trusted := newOlderWorld(), newOlderWorld(), newOlderWorld()
			known.assertion["badge"] = known.class
			for _, w := range []*olderWorld{known, linked, trusted} {
				w.assertion["id"] = c.id
			}
			_, r := known.judge(t, text(t, known.assertion), trusting())
			wantOlder(t, r, want, "issuer", c.code)
			check := "issuer"
			if c.code == "hosted.url" {
				check = "proof"
			}
			_, r = linked.judge(t, text(t, linked.assertion), anyone)
			wantOlder(t, r, want, check, c.code)
			_, r = trusted.judge(t, text(t, trusted.assertion), trusting())
			if code := map[string]string{"hosted.scope": "issuer.untrusted"}[c.code]; code != "" {
				wantOlder(t, r, want, "issuer", code)
			} else {
				wantOlder(t, r, want, "issuer", c.code)
			}
			for _, w := range []*olderWorld{known, trusted} {
				if calls := w.host.Calls(); slices.ContainsFunc(calls, func(url string) bool { return url != issuerURL }) {
					t.Errorf("somebody was asked who is not trusted: %v", calls)
				}
			}
		})
	}
}

// TestScopeRules has what an issuer may say of where it hosts badges, so that this one is not among them.
func TestScopeRules(t *testing.T) {
	for name, c := range map[string]struct {
		rules   any
		verdict verify.Verdict
		code    string
	}{
		"scope elsewhere":              {object{"allowedOrigins": "other.example"}, verify.Invalid, "hosted.scope"},
		"scope is a part of the host":  {object{"allowedOrigins": "example"}, verify.Invalid, "hosted.scope"},
		"start is a part of the host":  {object{"startsWith": "https://issuer.exam"}, verify.Invalid, "hosted.scope"},
		"start elsewhere":              {object{"startsWith": "https://issuer.example/other/"}, verify.Invalid, "hosted.scope"},
		"start amid a name":            {object{"startsWith": "https://issuer.example/asser"}, verify.Indeterminate, "hosted.prefix"},
		"start in another case":        {object{"startsWith": "https://issuer.example/Assertions/"}, verify.Invalid, "hosted.scope"},
		"start right, origin wrong":    {object{"startsWith": "https://issuer.example/", "allowedOrigins": "other.example"}, verify.Invalid, "hosted.scope"},
		"start is http":                {object{"startsWith": "http://issuer.example/"}, verify.Indeterminate, "hosted.rules"},
		"start is a text":              {object{"startsWith": "issuer"}, verify.Invalid, "hosted.rules"},
		"origin is a pattern":          {object{"allowedOrigins": "*"}, verify.Indeterminate, "hosted.rules"},
		"rules about another property": {object{"verificationProperty": "badge"}, verify.Indeterminate, "hosted.rules"},
		"rules elsewhere":              {"https://issuer.example/rules", verify.Invalid, "hosted.rules"},
	} {
		t.Run(name, func(t *testing.T) {
			w := newOlderWorld()
			w.issuer["verification"] = c.rules
			// What a copy of the issuer in the assertion claims to allow counts for nothing.
			w.class["issuer"] = with(w.issuer, "verification", object{"allowedOrigins": "issuer.example"})
			w.assertion["badge"] = w.class
			p := trusting()
			p.Profile = nil
			_, r := w.judge(t, text(t, w.assertion), p)
			wantOlder(t, r, c.verdict, "issuer", c.code)
		})
	}
}

// with is a copy of an object with one member set.
func with(o object, name string, value any) object {
	o = maps.Clone(o)
	o[name] = value
	return o
}
