package policies

import (
	"errors"
	"fmt"
	"io/fs"
	"regexp"
	"time"

	"github.com/badgeproof/badgeproof/badge"
	"github.com/badgeproof/badgeproof/vc/strict"
	"github.com/badgeproof/badgeproof/verify"
)

// Limits of a policy file.
const (
	maxFile    = 1 << 20 // bytes
	maxContext = 1 << 20 // bytes of a context that it names
	maxSkew    = 24 * time.Hour
	maxProofs  = 32 // as many as are looked at on one credential
)

// names are those that can stand in a URL and in a metric's label as they are.
var names = regexp.MustCompile(`^[a-z0-9][a-z0-9._-]{0,63}$`)

// Parse reads a policy file: a JSON object in which every member is known, none occurs twice, "name" is required, and
// "issuers" or "registries". Files that it names are read from dir.
func Parse(data []byte, dir fs.FS) (*Named, error) {
	root, err := strict.Parse(data, strict.Limits{Bytes: maxFile})
	if err != nil {
		return nil, fmt.Errorf("policy: %w", err)
	}
	r := &reader{dir: dir, object: root, named: &Named{}}
	if root.Kind() != strict.Object {
		return nil, errors.New("policy: the file is no JSON object")
	}
	for name, v := range root.Members() {
		read, ok := members[name]
		if !ok {
			return nil, fmt.Errorf("policy: there is no member %q; there are %q", name, Members())
		}
		if err := read(r, v); err != nil {
			return nil, fmt.Errorf("policy: %q %w", name, err)
		}
	}
	return r.finish()
}

// reader is a policy file while it is read.
type reader struct {
	dir     fs.FS
	object  strict.Value
	named   *Named
	policy  verify.Policy
	demands badge.Demands
	// Whom the policy trusts: everybody, or those named here and those listed in registries.
	anybody             bool
	issuers, registered []string
}

// members says how each member is read.
var members = map[string]func(*reader, strict.Value) error{
	"name":           (*reader).name,
	"note":           func(r *reader, v strict.Value) error { return text(v, &r.named.Note) },
	"issuers":        (*reader).whom,
	"registries":     (*reader).registries,
	"binding":        (*reader).binding,
	"suites":         func(r *reader, v strict.Value) error { return list(v, &r.policy.Suites) },
	"refuseLegacy":   func(r *reader, v strict.Value) error { return flag(v, &r.policy.RefuseLegacy) },
	"experimental":   func(r *reader, v strict.Value) error { return flag(v, &r.policy.Experimental) },
	"minProofs":      (*reader).minProofs,
	"methods":        func(r *reader, v strict.Value) error { return list(v, &r.policy.Methods) },
	"skew":           (*reader).skew,
	"status":         func(r *reader, v strict.Value) error { return level(v, &r.policy.Status) },
	"schema":         func(r *reader, v strict.Value) error { return level(v, &r.policy.Schema) },
	"resources":      func(r *reader, v strict.Value) error { return level(v, &r.policy.Resources) },
	"holder":         func(r *reader, v strict.Value) error { return level(v, &r.policy.Holder) },
	"refresh":        func(r *reader, v strict.Value) error { return flag(v, &r.policy.Refresh) },
	"inlineContexts": func(r *reader, v strict.Value) error { return flag(v, &r.policy.InlineContexts) },
	"strict":         func(r *reader, v strict.Value) error { return flag(v, &r.policy.Strict) },
	"endorsements":   func(r *reader, v strict.Value) error { return level(v, &r.demands.Endorsements) },
	"endorsers":      func(r *reader, v strict.Value) error { return trusted(v, &r.demands.Endorsers) },
	"credentials":    func(r *reader, v strict.Value) error { return level(v, &r.demands.Credentials) },
	"innerIssuers":   func(r *reader, v strict.Value) error { return trusted(v, &r.demands.Inner) },
	"contexts":       (*reader).contexts,
}

// finish puts the policy together: that of Open Badges with what the file says in its fields.
func (r *reader) finish() (*Named, error) {
	if r.named.Name == "" {
		return nil, errors.New("policy: \"name\" is missing")
	}
	issuers, err := r.trustedIssuers()
	if err != nil {
		return nil, err
	}
	p := r.demands.Policy(issuers)
	r.policy.Issuers, r.policy.Profile = p.Issuers, p.Profile
	r.named.Policy = r.policy
	return r.named, nil
}

func (r *reader) name(v strict.Value) error {
	if v.Text() == Conformance {
		return errors.New("is the name of a policy that is built in")
	}
	if !names.MatchString(v.Text()) {
		return errors.New("has to be up to 64 small letters, digits, dots, hyphens and underscores")
	}
	r.named.Name = v.Text()
	return nil
}

// whom reads the issuers: a list of identifiers, or "any".
func (r *reader) whom(v strict.Value) error {
	if r.anybody = v.Text() == anybody; r.anybody {
		return nil
	}
	return list(v, &r.issuers)
}

func (r *reader) binding(v strict.Value) (err error) {
	r.policy.Binding, err = verify.ParseBinding(v.Text())
	return err
}

func (r *reader) minProofs(v strict.Value) error {
	n, ok := v.Int()
	if !ok || n < 1 || n > maxProofs {
		return fmt.Errorf("has to be a number from 1 to %d", maxProofs)
	}
	r.policy.MinProofs = int(n)
	return nil
}

func (r *reader) skew(v strict.Value) error {
	d, err := time.ParseDuration(v.Text())
	if err != nil || d < 0 || d > maxSkew {
		return fmt.Errorf("has to be a duration like \"2m\", up to %s", maxSkew)
	}
	r.policy.Skew = d
	return nil
}

// contexts reads an object of URL to file.
func (r *reader) contexts(v strict.Value) error {
	if v.Kind() != strict.Object {
		return errors.New("has to be an object of URL to file")
	}
	r.named.Contexts = map[string][]byte{}
	for url, file := range v.Members() {
		body, err := fs.ReadFile(r.dir, file.Text())
		if err != nil {
			return fmt.Errorf("names a file that cannot be read: %w", err)
		}
		if len(body) > maxContext {
			return fmt.Errorf("names the file %s, which has more than %d bytes", file.Text(), maxContext)
		}
		r.named.Contexts[url] = body
	}
	return nil
}

// Members returns the names of the members that a policy file may have, in order.
func Members() []string { return sorted(members) }
