package keys

// Defaults of [Limits].
const (
	defaultDocument = 1 << 20
	defaultMethods  = 256
	defaultKeys     = 256
)

// Limits bounds what a resolver reads. Beyond a limit the answer is key.unresolved: what was cut off
// could have been the key. A field that is zero or negative stands for its default, so
// the zero value is the safe setting.
type Limits struct {
	Document int // bytes of a fetched controller document, key or key set; 1 MiB
	Methods  int // verification methods and references in one controller document; 256
	Keys     int // keys in one key set; 256
}

// Limits that no caller needs to change: those of identifiers are the lengths that the
// specifications allow or that the largest key needs, those of RSA are what is safe and what it costs.
const (
	maxDepth          = 16     // arrays and objects open at once in a document
	maxValues         = 50_000 // JSON values in a document
	maxIdentifier     = 4096   // bytes of an identifier, such as a did:jwk of an RSA key with 8192 bits
	maxDIDWeb         = 1024   // bytes of a did:web identifier
	maxMultikey       = 1600   // bytes of a Multikey in base58; an RSA key with 8192 bits has about 1430
	maxBase64Multikey = 3600   // bytes of a Multikey in base64url; an ML-DSA-87 key has 3459
	maxPEM            = 4096   // bytes of a public key in PEM; an RSA key with 8192 bits has about 1450
	maxHost           = 253    // bytes of a host name (RFC 1035 section 2.3.4)
	maxLabel          = 63     // bytes of one label of a host name

	minRSABits     = 2048      // of a modulus
	maxRSABits     = 8192      // of a modulus; the cost of a check grows with its square
	maxRSAExponent = 1<<31 - 1 // what crypto/rsa can hold
)

// orDefault fills the fields that are not set.
func (l Limits) orDefault() Limits {
	if l.Document <= 0 {
		l.Document = defaultDocument
	}
	if l.Methods <= 0 {
		l.Methods = defaultMethods
	}
	if l.Keys <= 0 {
		l.Keys = defaultKeys
	}
	return l
}
