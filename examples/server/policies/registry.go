package policies

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"github.com/badgeproof/badgeproof/vc/strict"
	"github.com/badgeproof/badgeproof/verify"
)

// Limits of a registry of issuers.
const (
	maxRegistry = 8 << 20 // bytes
	maxListed   = 100_000 // JSON values
)

// registries reads a list of files, each a registry of known issuers as the Digital Credentials Consortium
// publishes it: an object whose member "registry" has a member for every issuer, named by its identifier.
// To be listed is to be trusted; the names and addresses beside are not read. A registry is read once: what it
// says later counts from the next start on.
func (r *reader) registries(v strict.Value) error {
	var files []string
	if err := list(v, &files); err != nil {
		return err
	}
	for _, file := range files {
		ids, err := registered(r.dir, file)
		if err != nil {
			return fmt.Errorf("names the registry %s: %w", file, err)
		}
		r.registered = append(r.registered, ids...)
	}
	return nil
}

// registered returns the identifiers in a registry. One that lists nobody, or lists somebody by what is neither a
// DID nor an https URL, is not what it was taken for.
func registered(dir fs.FS, file string) ([]string, error) {
	data, err := fs.ReadFile(dir, file)
	if err != nil {
		return nil, err
	}
	root, err := strict.Parse(data, strict.Limits{Bytes: maxRegistry, Values: maxListed})
	if err != nil {
		return nil, err
	}
	var ids []string
	for id, entry := range root.Get("registry").Members() {
		if entry.Kind() != strict.Object || !strings.HasPrefix(id, "did:") && !strings.HasPrefix(id, "https://") {
			return nil, fmt.Errorf("%q is no issuer with its name", id)
		}
		ids = append(ids, id)
	}
	if len(ids) == 0 {
		return nil, errors.New("its member \"registry\" lists no issuer")
	}
	return ids, nil
}

// trustedIssuers are those that the file names and those of its registries.
func (r *reader) trustedIssuers() (verify.Issuers, error) {
	switch {
	case r.anybody && len(r.registered) > 0:
		return verify.Issuers{}, errors.New("policy: \"issuers\" is \"any\", so that \"registries\" would mean nothing")
	case r.anybody:
		return verify.UnsafeAnyIssuer(), nil
	case len(r.issuers)+len(r.registered) == 0:
		return verify.Issuers{}, errors.New("policy: \"issuers\" is missing, and \"registries\" as well; \"any\" stands for everybody")
	}
	return verify.IssuerSet(append(r.registered, r.issuers...)...), nil
}
