package vc

import (
	"encoding/base64"
	"net/url"
	"strings"

	"github.com/badgeproof/badgeproof/vc/strict"
)

// isEnvelope reports whether v is an EnvelopedVerifiableCredential (VC DM 2.0 section 4.13.1).
func isEnvelope(v strict.Value) bool { return v.Get("type").Has("EnvelopedVerifiableCredential") }

// openEnvelope takes the secured credential out of the data: URL that is the id of an envelope (VC DM 2.0
// section 4.13.1, RFC 2397). The envelope is signed by nobody: nothing of it but that URL is kept.
func openEnvelope(v strict.Value, limits Limits) ([]byte, error) {
	if t := v.Get("type"); t.Has("VerifiableCredential") {
		return nil, &strict.Error{Code: codeValue, Pointer: t.Pointer(), Offset: t.Offset(),
			Detail: "this says that it is a credential and an envelope around one; it can be one of the two only"}
	}
	return unwrap(v, limits, "vc")
}

// unwrap decodes the id of an envelope, whose media type must be one of those for kind, which is "vc" or
// "vp".
func unwrap(v strict.Value, limits Limits, kind string) ([]byte, error) {
	refuse := func(code, member, detail string) ([]byte, error) {
		m := v.Get(member)
		return nil, &strict.Error{Code: code, Pointer: m.Pointer(), Offset: m.Offset(), Detail: detail}
	}
	id := v.Get("id")
	switch {
	case first(v.Get("@context")) != contextV2:
		return refuse(codeContext, "@context", "the first @context of an envelope must be "+contextV2)
	case id.Kind() != strict.String:
		return refuse(codeType, "id", "the id of an envelope is "+id.Kind().String()+"; it must be a data: URL")
	case len(id.Text()) > 2*limits.JWT:
		return refuse(codeValue, "id", "what is in the envelope is too long")
	}
	content, ok := dataURL(id.Text(), kind)
	if !ok {
		return refuse(codeValue, "id", "the id of an envelope must be a data: URL of application/"+kind+"+jwt, +sd-jwt or +cose")
	}
	return content, nil
}

// dataURL decodes a data: URL of one of the media types that secure a credential or, if kind is "vp", a
// presentation: percent-encoded text, or base64 (RFC 4648 section 4, padded or not, without unused bits)
// where it says so, which a binary format must. Media types have no parameters, and compare without
// regard to case.
func dataURL(text, kind string) (content []byte, ok bool) {
	rest, isData := strings.CutPrefix(text, "data:")
	mediaType, data, found := strings.Cut(rest, ",")
	mediaType, encoded := strings.CutSuffix(mediaType, ";base64")
	if !isData || !found || strings.ContainsAny(data, " \t\r\n") {
		return nil, false
	}
	if encoded {
		content, ok = decodeBase64(data)
	} else if plain, err := url.PathUnescape(data); err == nil {
		content, ok = []byte(plain), true
	}
	if kind == "vc" && strings.EqualFold(mediaType, "application/dc+sd-jwt") {
		mediaType = "application/vc+sd-jwt"
	}
	form, known := strings.CutPrefix(strings.ToLower(mediaType), "application/"+kind)
	if !known {
		return nil, false
	}
	switch form {
	case "+jwt", "-ld+jwt", "+ld+json+jwt":
		return content, ok && looksLikeJWS(content) && !strings.Contains(string(content), "~")
	case "+sd-jwt", "-ld+sd-jwt", "+ld+json+sd-jwt":
		return content, ok && looksLikeJWS(content) && strings.Contains(string(content), "~")
	case "+cose", "-ld+cose", "+ld+json+cose":
		return content, ok && encoded && looksLikeCOSE(content)
	}
	return nil, false
}

func decodeBase64(text string) ([]byte, bool) {
	encoding := base64.RawStdEncoding
	if strings.HasSuffix(text, "=") {
		encoding = base64.StdEncoding
	}
	out, err := encoding.Strict().DecodeString(text)
	return out, err == nil
}
