package verifytest

import (
	"slices"
	"testing"

	"github.com/badgeproof/badgeproof/keys"
	"github.com/badgeproof/badgeproof/vc"
)

// TestPresentation: what comes out conforms, and holds what was put in.
func TestPresentation(t *testing.T) {
	issuer := NewIssuer("did:key", keys.Ed25519)
	badge := issuer.Sign(Badge(issuer.ID, nil), "eddsa-rdfc-2022")
	token := issuer.SignJWT(Claims(Badge(issuer.ID, nil)), "EdDSA", nil)
	p, err := vc.ParsePresentation(Presentation("did:example:ada", map[string]any{"id": nil}, badge, token), vc.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	if found := vc.ConformPresentation(p); found != nil {
		t.Error(found)
	}
	all := p.Credentials()
	if p.Holder() != "did:example:ada" || p.ID() != "" || len(all) != 2 || all[0].Err != nil || all[1].Err != nil {
		t.Fatalf("holder %q, credentials %v", p.Holder(), all)
	}
	if !slices.Equal(all[0].Credential.Raw(), badge) || !slices.Equal(all[1].Credential.Raw(), token) {
		t.Error("a credential was changed")
	}
	none, err := vc.ParsePresentation(Presentation("did:example:ada", nil), vc.Limits{})
	if err != nil || len(none.Credentials()) != 0 {
		t.Errorf("without credentials: %v", err)
	}
}
