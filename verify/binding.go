package verify

import "fmt"

// Binding is how strongly the key of a proof is tied to the issuer, weakest first.
type Binding uint8

// The bindings. In a report [Unbound] says that no key was found or that the binding is
// contradicted; in a policy it is the default demand, [Certificate].
const (
	Unbound          Binding = iota
	SelfAsserted             // a key that the credential itself brings, and nothing else vouches for
	Certificate              // a certificate chain to a root of the caller, with the issuer's name
	Registry                 // a trusted registry names the key for the issuer
	DIDConfiguration         // a DID linked both ways with the issuer's domain
	IssuerOrigin             // no key: the https issuer's own document says that it hosts its statements there, and it does
	IssuerJWKS               // the key is in the JWKS of the https issuer's own authority
	IssuerController         // the issuer's own controller document lists the method for the purpose
)

var bindingNames = [...]string{"none", "self_asserted", "certificate", "registry", "did_configuration", "issuer_origin", "issuer_jwks", "controller"}

// String returns the binding as reports and the command line write it; "none" for a value that is none of
// these.
func (b Binding) String() string {
	if int(b) >= len(bindingNames) {
		return bindingNames[Unbound]
	}
	return bindingNames[b]
}

// MarshalText writes the binding as in [Binding.String].
func (b Binding) MarshalText() ([]byte, error) { return []byte(b.String()), nil }

// ParseBinding reads a binding by its name in reports, "none" excepted: no policy may ask for it.
func ParseBinding(name string) (Binding, error) {
	for b := SelfAsserted; b <= IssuerController; b++ {
		if bindingNames[b] == name {
			return b, nil
		}
	}
	return Unbound, fmt.Errorf("verify: %w: unknown binding %q", ErrPolicy, name)
}

// demand returns what a policy with this binding asks for.
func (b Binding) demand() Binding {
	if b == Unbound {
		return Certificate
	}
	return b
}
