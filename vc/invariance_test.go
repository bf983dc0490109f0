package vc_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/badgeproof/badgeproof/vc"
	"github.com/badgeproof/badgeproof/vc/strict"
)

// documents are credentials with breaches of every kind, and without.
func documents() []string {
	nested := `[{"type":"VerifiableCredential","credentialSubject":{"id":"urn:uuid:1","type":"VerifiableCredential","a":1},"@nest":{}}]`
	return []string{
		v2(), v1(),
		v2("type", `[]`, "issuer", `{}`, "credentialSubject", `[{},{"id":"x"}]`, "proof", `[]`),
		v2("validFrom", `1`, "validUntil", `"x"`, "name", `{"en":"x"}`, "description", `[1]`),
		v2("credentialStatus", `[{"id":"urn:s","type":"S","a":1},{"id":"urn:s","type":"S","a":2},{"id":"urn:s","type":"S","a":1}]`),
		v2("a", `{"@id":"x","b:c":[{"id":"_:b"}],"name":{"@value":"x"},"caption":{"@value":"x"}}`, "endorsement", nested),
		v2("relatedResource", `[{"id":"urn:r","digestSRI":"x"},{"id":"urn:r"},7]`, "evidence", `{"id":"urn:uuid:1","x":1}`),
		v1("issuanceDate", "", "credentialStatus", `{"type":"S"}`, "expirationDate", `"2024-01-01"`, "refreshService", `[]`),
		v2("@context", `[1,"x",null,["https://www.w3.org/ns/credentials/v2"],{}]`, "id", `[]`),
		v2("credentialSubject", `{"id":"did:example:issuer","type":"P","a":1}`, "issuer", `{"id":"did:example:issuer","type":["Q","P"],"b":1}`),
	}
}

func findings(c *vc.Credential) (lines []string) {
	for _, e := range vc.Conform(c) {
		lines = append(lines, e.Code+" "+e.Pointer)
	}
	return lines
}

// The order of members and of white space means nothing in JSON: the same breaches are found.
func TestFindingsDoNotDependOnTheOrderOfMembers(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for _, text := range documents() {
		c := parse(t, text)
		want := findings(c)
		slices.Sort(want)
		for range 20 {
			got := findings(parse(t, shuffled(c.Value(), random)))
			slices.Sort(got)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Fatalf("the order of members changes the breaches (-want +got):\n%s\nin %s", diff, text)
			}
		}
	}
}

// shuffled writes v with its members in another order, its names escaped, and in white space.
func shuffled(v strict.Value, random *rand.Rand) string {
	space := []string{"", " ", "\n", "\t\r\n  "}[random.IntN(4)]
	var parts []string
	switch v.Kind() {
	case strict.Object:
		for name, m := range v.Members() {
			parts = append(parts, escaped(name, random)+space+":"+space+shuffled(m, random))
		}
		random.Shuffle(len(parts), func(i, j int) { parts[i], parts[j] = parts[j], parts[i] })
		return "{" + space + strings.Join(parts, space+","+space) + space + "}"
	case strict.Array:
		for e := range v.Elements() {
			parts = append(parts, shuffled(e, random))
		}
		return "[" + space + strings.Join(parts, ","+space) + space + "]"
	case strict.String:
		return escaped(v.Text(), random)
	}
	return v.Raw()
}

// escaped writes a string with some of its characters as \u escapes.
func escaped(s string, random *rand.Rand) string {
	var b strings.Builder
	for _, r := range s {
		if random.IntN(4) == 0 && r < 0x10000 {
			fmt.Fprintf(&b, `\u%04x`, r)
			continue
		}
		quoted, _ := json.Marshal(string(r))
		b.Write(quoted[1 : len(quoted)-1])
	}
	return `"` + b.String() + `"`
}

// A credential says the same in a JWT: the breaches are those of the JSON, their pointers
// beginning where the credential does.
func TestFindingsDoNotDependOnTheEnvelope(t *testing.T) {
	for _, text := range documents() {
		c := parse(t, text)
		want := findings(c)
		payload, prefix := text, ""
		if c.Version() == vc.V1 {
			payload, prefix = `{"iat":1,"vc":`+text+`}`, "/vc"
			for i := range want {
				want[i] = strings.Replace(want[i], " ", " "+prefix, 1)
			}
		}
		inside := parse(t, jwt(`{"alg":"EdDSA"}`, payload))
		if diff := cmp.Diff(want, findings(inside)); diff != "" {
			t.Errorf("breaches in the JWT (-want +got):\n%s\nin %s", diff, text)
		}
		if inside.ID() != c.ID() || inside.Issuer() != c.Issuer() || inside.Version() != c.Version() || !slices.Equal(inside.Types(), c.Types()) {
			t.Errorf("the accessors differ for %s", text)
		}
	}
}

// What another member adds does not hide a breach.
func TestFindingsAddUp(t *testing.T) {
	for _, text := range documents() {
		before := findings(parse(t, text))
		for _, more := range []string{`"zz":{"@set":[]}`, `"zz":{"https://example.com/":1}`, `"zz":[{"id":"_:zz"}]`} {
			after := findings(parse(t, strings.TrimSuffix(text, "}")+","+more+"}"))
			if len(after) != len(before)+1 || !slices.Equal(after[:len(before)], before) {
				t.Errorf("%s added to %s: %q; before %q", more, text, after, before)
			}
		}
	}
}

// The cost of reading and checking grows with the length, and no faster.
func TestCostIsLinear(t *testing.T) {
	if testing.Short() {
		t.Skip("measures time")
	}
	text := func(n int) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, `,{"id":"urn:%d","type":["A","B"],"name":{"@value":"é\n","@language":"en"},"m%d":[1,2,{"x":null}]}`, i, i)
		}
		return v2("list", "["+b.String()[1:]+"]")
	}
	// The best of several runs is what the work costs; the rest is what else the machine does.
	measure := func(n int) float64 {
		data, best := []byte(text(n)), time.Hour
		for range 5 {
			start := time.Now()
			c, err := vc.Parse(data, vc.Limits{})
			if err != nil || len(vc.Conform(c)) > 0 {
				t.Fatal(err)
			}
			best = min(best, time.Since(start))
		}
		return float64(best)
	}
	small, large := measure(50), measure(5_000)
	if large > 1000*small { // a quadratic cost would be 10,000 times as much
		t.Errorf("100 times the document costs %.0f times as much", large/small)
	}
}
