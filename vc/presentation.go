package vc

import (
	"github.com/badgeproof/badgeproof/vc/strict"
)

// Presentation is a parsed Verifiable Presentation: credentials, and who shows them. It never changes
// and is safe for concurrent use. Its accessors are cheap and tolerant like those of [Credential];
// [ConformPresentation] says what is wrong. The slices that they return are shared, and read-only.
//
// The zero Presentation is an unsecured one that holds nothing.
type Presentation struct {
	// form is the document with what is wrapped around it, read by the rules that presentations
	// share with credentials. It is no credential, and nobody outside gets it.
	form        Credential
	credentials []Presented
}

// Presented is one value of verifiableCredential, or a credential inside another document: a credential of any
// format, or what stands in the place of one and cannot be read.
type Presented struct {
	// Pointer is a JSON Pointer into the presentation, or that document. The pointers of the credential itself begin
	// anew, since it is a document of its own.
	Pointer string
	// Credential is nil where Err is not.
	Credential *Credential
	// Err is a [*strict.Error] as [Parse] returns it. Its pointer and offset are those of the credential.
	Err error
}

// ParsePresentation reads a presentation: a JSON object, with or without a proof; a compact JWS whose
// payload is one (VC-JOSE-COSE) or has one in its vp claim (VC 1.1); an SD-JWT or a COSE_Sign1. An
// EnvelopedVerifiablePresentation stands for the one of the last three forms in its data: URL. The
// credentials inside are read as well, each from exactly its own text: an object, a compact JWS or
// SD-JWT in a string, or an envelope. One that cannot be read is no error of the presentation.
//
// ParsePresentation verifies nothing, and takes any object for a presentation: whether it is one is
// what [ConformPresentation] looks at. The error has the codes of [Parse]. At most Nested credentials of
// [Limits] are read; ConformPresentation reports that there are more. Presentations inside the
// presentation are not looked into: they are credentials that do not conform.
func ParsePresentation(data []byte, limits Limits) (*Presentation, error) {
	limits = limits.orDefault()
	if looksLikeCOSE(data) || looksLikeJWS(data) {
		return presentationToken(data, limits)
	}
	v, err := strict.Parse(data, limits.JSON)
	if err != nil {
		return nil, err
	}
	if v.Kind() != strict.Object {
		return nil, &strict.Error{Code: codeType, Offset: v.Offset(),
			Detail: "a presentation is a JSON object; this is " + v.Kind().String()}
	}
	if v.Get("type").Has("EnvelopedVerifiablePresentation") {
		inner, err := openPresentation(v, limits)
		if err != nil {
			return nil, err
		}
		return presentationToken(inner, limits)
	}
	p := &Presentation{form: Credential{limits: limits, value: v, format: Unsecured}}
	if v.Get("proof").Exists() {
		p.form.format = DataIntegrity
	}
	p.index()
	return p, nil
}

// presentationToken reads a presentation that something is wrapped around.
func presentationToken(data []byte, limits Limits) (*Presentation, error) {
	form, err := parseToken(data, limits)
	if err != nil {
		return nil, err
	}
	p := &Presentation{form: *form}
	if j := p.form.jws; j != nil {
		p.form.value = j.claims
		if v := j.claims.Get("vp"); v.Kind() == strict.Object {
			p.form.value = v
		}
	}
	p.index()
	return p, nil
}

// index reads the members that presentations and credentials have in common, and the credentials.
func (p *Presentation) index() {
	p.form.index()
	if p.form.version == SDJWTVC {
		p.form.version = VersionUnknown
	}
	for v := range p.form.value.Get("verifiableCredential").Each() {
		if len(p.credentials) == p.form.limits.Nested {
			return
		}
		p.credentials = append(p.credentials, presented(v, p.form.limits))
	}
}

// ParseInside reads a credential that stands inside another document, from exactly its own text: an object, a
// compact JWS or SD-JWT in a string, or an envelope. Nothing of the document around it, such as its @context, is
// taken into account.
func ParseInside(v strict.Value, limits Limits) Presented { return presented(v, limits.orDefault()) }

// presented reads one credential. A string holds a compact JWS or SD-JWT, and nothing else: JSON in
// a string would be signed as a text, and read as a document.
func presented(v strict.Value, limits Limits) Presented {
	out := Presented{Pointer: v.Pointer()}
	data := []byte(v.Raw())
	if v.Kind() == strict.String {
		data = []byte(v.Text())
	}
	if (v.Kind() == strict.String) != looksLikeJWS(data) {
		out.Err = &strict.Error{Code: codeValue, Offset: -1, Detail: "what stands in the place of a credential is a string, but no compact JWS or SD-JWT"}
		return out
	}
	out.Credential, out.Err = Parse(data, limits)
	return out
}

// Raw returns a new copy of the bytes that the presentation was read from; for a JWS or an SD-JWT,
// without the white space around it; for a presentation in an envelope, without the envelope.
func (p *Presentation) Raw() []byte { return p.form.Raw() }

// Value returns the presentation object: the document; the payload of a JWS, or its vp claim; the
// payload of an SD-JWT or a COSE message.
func (p *Presentation) Value() strict.Value { return p.form.value }

// JWS returns the signature around the presentation, nil unless the format is [JWT].
func (p *Presentation) JWS() *JWS { return p.form.jws }

// SDJWT returns the SD-JWT around the presentation, nil unless the format is [SelectiveDisclosure].
func (p *Presentation) SDJWT() *SDJWT { return p.form.sdjwt }

// COSE returns the COSE message around the presentation, nil unless the format is [COSESign1].
func (p *Presentation) COSE() *COSE { return p.form.cose }

// Format returns how the presentation is secured.
func (p *Presentation) Format() Format { return p.form.format }

// Version returns the declared version of the data model.
func (p *Presentation) Version() Version { return p.form.version }

// Types returns the values of type, in order.
func (p *Presentation) Types() []string { return p.form.types }

// Proofs returns the embedded proofs, of whatever kind.
func (p *Presentation) Proofs() []strict.Value { return p.form.proofs }

// Credentials returns the credentials in the presentation, in order.
func (p *Presentation) Credentials() []Presented { return p.credentials }

// ID returns the identifier of the presentation, "" where it has none. Where the vp claim of a VC 1.1
// JWT leaves it out, it is the jti claim (VC DM 1.1 section 6.3.1).
func (p *Presentation) ID() string { return p.form.ID() }

// Holder returns the identifier of who says to present this: the holder, be it written as a string or
// as an object with an id; where a JWT leaves it out, its iss claim; "" where there is neither.
func (p *Presentation) Holder() string {
	v := p.form.value.Get("holder")
	if v.Kind() == strict.Object {
		v = v.Get("id")
	}
	if v.Exists() {
		return v.Text()
	}
	switch {
	case p.form.jws != nil:
		return p.form.jws.claims.Get("iss").Text()
	case p.form.sdjwt != nil:
		return p.form.value.Get("iss").Text()
	case p.form.cose != nil:
		return p.form.cose.Header().Get("iss").Text()
	}
	return ""
}

// IsPresentation reports whether a document says that it is a presentation and no credential: by its
// type, or by a vp claim. It is a convenience for whoever takes either; both parsers take both, and
// whatever is handed to the wrong one does not conform.
func (c *Credential) IsPresentation() bool {
	t := c.value.Get("type")
	if t.Has("VerifiableCredential") {
		return false
	}
	if c.jws != nil && c.value == c.jws.claims && c.jws.claims.Get("vp").Kind() == strict.Object {
		return true
	}
	return t.Has("VerifiablePresentation") || t.Has("EnvelopedVerifiablePresentation")
}

// openPresentation takes the presentation out of the data: URL that is the id of an envelope (VC DM 2.0
// section 4.13.2).
func openPresentation(v strict.Value, limits Limits) ([]byte, error) {
	if v.Get("type").Has("VerifiablePresentation") || v.Get("type").Has("EnvelopedVerifiableCredential") {
		t := v.Get("type")
		return nil, &strict.Error{Code: codeValue, Pointer: t.Pointer(), Offset: t.Offset(),
			Detail: "this says that it is an envelope around a presentation and something else; it can be one thing only"}
	}
	return unwrap(v, limits, "vp")
}
