package main

import (
	"slices"
	"strconv"
	"strings"

	"github.com/badgeproof/badgeproof/badge"
	"github.com/badgeproof/badgeproof/vc"
	"github.com/badgeproof/badgeproof/vc/strict"
)

// claims lists what a credential that is no badge says of its subject, member by member.
func (t *text) claims(b *badge.Badge) {
	var all []string
	for _, s := range b.Shown().Subjects() {
		all = claimsOf(all, "", s)
	}
	if b.Shown().Version() == vc.SDJWTVC { // whose claims are about its subject
		for name, m := range b.Shown().Value().Members() {
			if !slices.Contains(tokenClaims, name) {
				all = claimsOf(all, name, m)
			}
		}
	}
	t.list("says", all)
}

// tokenClaims are those of an SD-JWT VC that say how it is secured and when it holds (RFC 9901; SD-JWT VC, section
// 3.2.2.2), and that are shown elsewhere.
var tokenClaims = []string{"iss", "nbf", "exp", "iat", "jti", "vct", "vct#integrity", "cnf", "status", "_sd", "_sd_alg", "aud"}

// claimsOf adds a claim for each value inside v, with its way there.
func claimsOf(all []string, way string, v strict.Value) []string {
	if len(all) >= maxMembers {
		return all
	}
	switch v.Kind() {
	case strict.Object:
		for name, m := range v.Members() {
			if name != "id" && name != "@id" && name != "type" && name != "@type" {
				all = claimsOf(all, joined(" › ", way, name), m)
			}
		}
	case strict.Array:
		for e := range v.Elements() {
			all = claimsOf(all, way, e)
		}
	case strict.String:
		all = append(all, way+": "+link(v.Text()))
	case strict.Number, strict.Bool:
		all = append(all, way+": "+strings.TrimSpace(v.Raw()))
	}
	return all
}

// count is a number of things.
func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return strconv.Itoa(n) + " " + many
}
