package keys_test

import (
	"context"
	"testing"

	"github.com/badgeproof/badgeproof/keys"
)

// The tests of this file play an attacker who runs a host, and an honest issuer on another one.

const (
	honest   = "https://honest.example/issuer"
	attacker = "https://attacker.example/issuer"
)

// world has an honest issuer with ed25519Key, and an attacker with otherKey whose document is given.
func world(t *testing.T, attackersDocument string) (honestDoc, attackersDoc *keys.Controller) {
	t.Helper()
	r := keys.Default(&network{answers: map[string]answer{
		honest: {body: `{"id":"` + honest + `",
			"verificationMethod":[` + method(honest+"#k", honest, ed25519Key, "") + `],
			"assertionMethod":["#k","https://honest.example/keys/2"]}`},
		attacker:                          {body: attackersDocument},
		"https://honest.example/keys/2":   {body: method("https://honest.example/keys/2", honest, p256Key, "")},
		"https://attacker.example/keys/1": {body: method("https://attacker.example/keys/1", honest, otherKey, "")},
		"https://attacker.example/jwk":    {body: `{` + okp + `,"iss":"` + honest + `"}`},
	}})
	honestDoc, err := r.Controller(context.Background(), honest)
	wantCode(t, err, "")
	attackersDoc, err = r.Controller(context.Background(), attacker)
	if err != nil {
		attackersDoc = nil
	}
	for _, id := range []string{"https://honest.example/keys/2", "https://attacker.example/keys/1", "https://attacker.example/jwk"} {
		doc, err := r.Controller(context.Background(), id)
		wantCode(t, err, "")
		m, ok := doc.Bare()
		if !ok || m.Controller != honest {
			t.Fatalf("%s names %q as its controller", id, m.Controller)
		}
		// Naming is free; only the honest document's list tells the methods apart.
		if listed := honestDoc.Lists(m.ID, assert); listed != (id == "https://honest.example/keys/2") {
			t.Errorf("%s listed: %v", id, listed)
		}
		// The method stands elsewhere, so its document is where it must be read.
		_, err = honestDoc.Method(m.ID, assert)
		wantCode(t, err, "proof.method")
	}
	return honestDoc, attackersDoc
}

// TestForeignDocument: the attacker's document cannot pass for the honest one.
func TestForeignDocument(t *testing.T) {
	_, doc := world(t, `{"id":"`+honest+`","assertionMethod":[`+method(honest+"#k", honest, otherKey, "")+`]}`)
	if doc != nil {
		t.Error("a document about another id is accepted")
	}
}

// TestForeignMethod: the attacker holds a method with the id of the honest issuer's. It is given
// out, since documents may list methods of others, and says whose document it came from.
func TestForeignMethod(t *testing.T) {
	honestDoc, doc := world(t, `{"id":"`+attacker+`","assertionMethod":[`+method(honest+"#k", honest, otherKey, "")+`]}`)
	m, err := doc.Method(honest+"#k", assert)
	wantCode(t, err, "")
	if doc.ID() != attacker || doc.Sources()[0].URL != attacker {
		t.Error("the document does not say whose it is")
	}
	genuine, err := honestDoc.Method(honest+"#k", assert)
	wantCode(t, err, "")
	if genuine.Key.Equal(m.Key) {
		t.Error("the attacker's key came out of the honest document")
	}
	if _, ok := honestDoc.WithKey(m.Key, assert); ok {
		t.Error("the attacker's key is found in the honest document")
	}
}

// TestForeignKey: the attacker lists the honest issuer's key as his own.
func TestForeignKey(t *testing.T) {
	_, doc := world(t, `{"id":"`+attacker+`","assertionMethod":[`+method("#k", attacker, ed25519Key, "")+`]}`)
	m, err := doc.Method(attacker+"#k", assert)
	wantCode(t, err, "")
	if m.Controller != attacker || m.ID != attacker+"#k" {
		t.Errorf("method is %+v", m)
	}
	_, err = doc.Method(honest+"#k", assert)
	wantCode(t, err, "proof.method")
}

// TestForeignBase: a relative id stands for the document's own id, whatever else the document says.
func TestForeignBase(t *testing.T) {
	_, doc := world(t, `{"@context":{"@base":"`+honest+`"},"@base":"`+honest+`","@id":"`+honest+`","id":"`+attacker+`","assertionMethod":[`+method("#k", honest, otherKey, "")+`]}`)
	_, err := doc.Method(attacker+"#k", assert)
	wantCode(t, err, "")
	_, err = doc.Method(honest+"#k", assert)
	wantCode(t, err, "proof.method")
}

// TestAlsoKnownAs: other names that a document claims for itself are not followed.
func TestAlsoKnownAs(t *testing.T) {
	_, doc := world(t, `{"id":"`+attacker+`","alsoKnownAs":["`+honest+`"],"controller":"`+honest+`","sameAs":"`+honest+`","assertionMethod":["`+honest+`#k"]}`)
	if !doc.Lists(honest+"#k", assert) {
		t.Error("the reference is not listed")
	}
	_, err := doc.Method(honest+"#k", assert)
	wantCode(t, err, "proof.method")
}
