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
	refuse := func(code, member, detail string) ([]byte, error) {
		m := v.Get(member)
		return nil, &strict.Error{Code: code, Pointer: m.Pointer(), Offset: m.Offset(), Detail: detail}
	}
	id := v.Get("id")
	switch {
	case v.Get("type").Has("VerifiableCredential"):
		return refuse(codeValue, "type", "this says that it is a credential and an envelope around one; it can be one of the two only")
	case first(v.Get("@context")) != contextV2:
		return refuse(codeContext, "@context", "the first @context of an envelope must be "+contextV2)
	case id.Kind() != strict.String:
		return refuse(codeType, "id", "the id of an envelope is "+id.Kind().String()+"; it must be a data: URL")
	case len(id.Text()) > 2*limits.JWT:
		return refuse(codeValue, "id", "the credential in the envelope is too long")
	}
	content, ok := dataURL(id.Text())
	if !ok {
		return refuse(codeValue, "id", "the id of an envelope must be a data: URL of application/vc+jwt, application/vc+sd-jwt, application/dc+sd-jwt or application/vc+cose")
	}
	return content, nil
}

// dataURL decodes a data: URL of one of the media types that secure a credential: percent-encoded
// text, or base64 (RFC 4648 section 4, padded or not, without unused bits) where it says so, which a
// binary format must. Media types have no parameters, and compare without regard to case.
func dataURL(text string) (content []byte, ok bool) {
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
	switch strings.ToLower(mediaType) {
	case "application/vc+jwt", "application/vc-ld+jwt", "application/vc+ld+json+jwt":
		return content, ok && looksLikeJWS(content) && !strings.Contains(string(content), "~")
	case "application/vc+sd-jwt", "application/dc+sd-jwt", "application/vc-ld+sd-jwt", "application/vc+ld+json+sd-jwt":
		return content, ok && looksLikeJWS(content) && strings.Contains(string(content), "~")
	case "application/vc+cose", "application/vc-ld+cose", "application/vc+ld+json+cose":
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
