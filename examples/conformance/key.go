package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/badgeproof/badgeproof/keys"
	"github.com/badgeproof/badgeproof/vc/strict"
)

// keyRing answers every question about keys with the keys of the command line, as if whoever is asked for
// had published them. It is a [verify.KeySource].
type keyRing struct {
	methods []map[string]any // without id and controller
	ids     []string         // what each is called: its id and its kid
}

// readKeys reads verification methods (Controlled Identifiers 1.0 section 2.2) and bare JWKs. A secret
// that stands beside a key, as it does in the suite, is not kept.
func readKeys(files []string) (*keyRing, error) {
	ring := &keyRing{}
	for _, file := range files {
		data, err := readFile(file, maxInput)
		if err != nil {
			return nil, err
		}
		v, err := strict.Parse(data, strict.Limits{})
		if err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		if err := ring.add(v); err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
	}
	return ring, nil
}

// add takes one verification method, or a JWK on its own.
func (k *keyRing) add(v strict.Value) error {
	jwk, multikey := v.Get("publicKeyJwk"), v.Get("publicKeyMultibase")
	if v.Get("kty").Exists() {
		jwk = v
	}
	switch {
	case jwk.Kind() == strict.Object:
		public := map[string]any{}
		for name, member := range jwk.Members() {
			if name != "d" {
				public[name] = json.RawMessage(member.Raw())
			}
		}
		k.methods = append(k.methods, map[string]any{"type": "JsonWebKey", "publicKeyJwk": public})
	case multikey.Kind() == strict.String:
		k.methods = append(k.methods, map[string]any{"type": "Multikey", "publicKeyMultibase": multikey.Text()})
	default:
		return errors.New("the file holds neither a verification method nor a JWK")
	}
	name := v.Get("id").Text()
	if kid := jwk.Get("kid").Text(); kid != "" {
		name = kid
	}
	k.ids = append(k.ids, name)
	return nil
}

// Controller returns a document about id that lists every key, by the id of its method or by its kid.
func (k *keyRing) Controller(_ context.Context, id string) (*keys.Controller, error) {
	var methods []map[string]any
	var listed []string
	for i, m := range k.methods {
		_, fragment, ok := strings.Cut(k.ids[i], "#")
		if !ok {
			fragment = k.ids[i]
		}
		method := map[string]any{"id": id + "#" + fragment, "controller": id}
		for name, value := range m {
			method[name] = value
		}
		methods, listed = append(methods, method), append(listed, id+"#"+fragment)
	}
	v, err := tree(map[string]any{"id": id, "verificationMethod": methods, "assertionMethod": listed, "authentication": listed})
	if err != nil {
		return nil, err
	}
	return keys.ParseController(id, v)
}

// KeySet returns every key that is a JWK.
func (k *keyRing) KeySet(ctx context.Context, url string) (*keys.Set, error) {
	set := []any{}
	for i, m := range k.methods {
		jwk, ok := m["publicKeyJwk"].(map[string]any)
		if !ok {
			continue
		}
		if _, named := jwk["kid"]; !named {
			jwk["kid"] = k.ids[i]
		}
		set = append(set, jwk)
	}
	body, err := json.Marshal(map[string]any{"keys": set})
	if err != nil {
		return nil, err
	}
	return keys.Default(document(body)).KeySet(ctx, url)
}

// document is a fetcher that answers with itself.
type document []byte

func (d document) Fetch(context.Context, string, string) (body []byte, mediaType string, err error) {
	return d, "application/jwk-set+json", nil
}

func tree(v any) (strict.Value, error) {
	data, err := json.Marshal(v)
	if err != nil {
		return strict.Value{}, err
	}
	return strict.Parse(data, strict.Limits{})
}
