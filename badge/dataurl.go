package badge

import (
	"encoding/base64"
	"net/url"
	"strconv"
	"strings"
)

// decodeData returns the bytes of a data: URL (RFC 2397), and a detail where there are none. Their
// media type is not looked at: it is a stranger's claim, and the bytes speak for themselves. Base64
// may lack its padding and have white space in it, as browsers take it; everything else that is no
// base64 is refused. It allocates no more than the text is long.
func decodeData(s string) (data []byte, detail string) {
	header, body, ok := strings.Cut(s, ",")
	if !ok {
		return nil, "the data: URL has no comma, and so no data"
	}
	if len(body) > 3*MaxPicture {
		return nil, tooLargePicture
	}
	if strings.Contains(body, "%") {
		plain, err := url.PathUnescape(body)
		if err != nil {
			return nil, "the data: URL has a percent sign that escapes nothing"
		}
		body = plain
	}
	data = []byte(body)
	if i := strings.LastIndexByte(header, ';'); i >= 0 && strings.EqualFold(strings.TrimSpace(header[i+1:]), "base64") {
		var err error
		if data, err = decodeBase64(body); err != nil {
			return nil, "the data: URL is damaged: its data is no base64"
		}
	}
	switch {
	case len(data) == 0:
		return nil, "the data: URL is empty"
	case len(data) > MaxPicture:
		return nil, tooLargePicture
	}
	return data, ""
}

// tooLargePicture is the detail of a picture beyond [MaxPicture].
var tooLargePicture = "the picture in the data: URL is larger than " + strconv.Itoa(MaxPicture) + " bytes"

// decodeBase64 decodes base64 as browsers do.
func decodeBase64(s string) ([]byte, error) {
	if strings.ContainsAny(s, " \t\r\n\f") {
		s = strings.NewReplacer(" ", "", "\t", "", "\r", "", "\n", "", "\f", "").Replace(s)
	}
	if len(s)%4 == 0 {
		s = strings.TrimSuffix(strings.TrimSuffix(s, "="), "=")
	}
	return base64.RawStdEncoding.DecodeString(s)
}
