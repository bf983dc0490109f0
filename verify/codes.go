package verify

import "strings"

// Prefixes of the problem types that W3C specifications name.
const (
	vcdm       = "https://www.w3.org/TR/vc-data-model#"
	security   = "https://w3id.org/security#"
	statusList = "https://www.w3.org/ns/credentials/status-list#"
	own        = "https://pkg.go.dev/github.com/badgeproof/badgeproof/verify#"
)

// kind is what the table knows of a code. The zero kind is a failure without a W3C type: a finding
// that nobody classified is still a finding.
type kind struct {
	title     string
	typ       string // W3C type URL, or "" for one of our own
	undecided bool
}

func (k kind) url(code string) string {
	if k.typ == "" {
		return own + code
	}
	return k.typ
}

// codes is the table of all codes. It is append-only: a code that was once reported keeps its name,
// its outcome and its type. A code means the same in every check; whether it is a problem or a warning says where it
// stands in the result. Those that say nothing of the credential (undecided) are what could not be found out: what was
// not there, is not known here, or took more work than the limits allow.
var codes = map[string]kind{
	"json.syntax":    {title: "The text is not JSON", typ: vcdm + "PARSING_ERROR"},
	"json.duplicate": {title: "A member name occurs twice", typ: vcdm + "PARSING_ERROR"},
	"json.depth":     {title: "Nested too deep", typ: vcdm + "PARSING_ERROR"},
	"json.size":      {title: "The text is too long", typ: vcdm + "PARSING_ERROR"},
	"json.utf8":      {title: "The text is not well-formed UTF-8", typ: vcdm + "PARSING_ERROR"},
	"jwt.syntax":     {title: "Not a compact JWS", typ: vcdm + "PARSING_ERROR"},
	"jwt.header":     {title: "The JWT header is not acceptable", typ: vcdm + "MALFORMED_VALUE_ERROR"},
	"jwt.claims":     {title: "The JWT claims contradict the credential", typ: vcdm + "MALFORMED_VALUE_ERROR"},

	"sdjwt.disclosure": {title: "A disclosure does not belong to the SD-JWT", typ: vcdm + "PARSING_ERROR"},
	"sdjwt.binding":    {title: "The key binding does not hold", typ: security + "PROOF_VERIFICATION_ERROR"},
	"cose.syntax":      {title: "Not a COSE_Sign1 message", typ: vcdm + "PARSING_ERROR"},
	"cose.header":      {title: "The COSE header is not acceptable", typ: vcdm + "MALFORMED_VALUE_ERROR"},

	"bake.format":    {title: "The image cannot be read", typ: vcdm + "PARSING_ERROR"},
	"bake.crc":       {title: "The image is damaged", typ: vcdm + "PARSING_ERROR"},
	"bake.size":      {title: "The image is too large", typ: vcdm + "PARSING_ERROR"},
	"bake.duplicate": {title: "The image holds two credentials", typ: vcdm + "PARSING_ERROR"},
	"bake.missing":   {title: "The image holds no credential", typ: vcdm + "PARSING_ERROR"},
	"bake.text":      {title: "The text in the image is not well-formed", typ: vcdm + "PARSING_ERROR"},

	"model.missing":      {title: "A required property is missing", typ: vcdm + "MALFORMED_VALUE_ERROR"},
	"model.type":         {title: "A value has the wrong type", typ: vcdm + "MALFORMED_VALUE_ERROR"},
	"model.value":        {title: "A value is not allowed", typ: vcdm + "MALFORMED_VALUE_ERROR"},
	"model.context":      {title: "The contexts are not those of a credential", typ: vcdm + "MALFORMED_VALUE_ERROR"},
	"model.date":         {title: "A date is malformed", typ: vcdm + "MALFORMED_VALUE_ERROR"},
	"model.restructured": {title: "The document is rearranged", typ: vcdm + "MALFORMED_VALUE_ERROR"},

	"badge.missing": {title: "A property that Open Badges requires is missing", typ: vcdm + "MALFORMED_VALUE_ERROR"},
	"badge.type":    {title: "A value has the wrong type for Open Badges", typ: vcdm + "MALFORMED_VALUE_ERROR"},
	"badge.value":   {title: "A value is not allowed by Open Badges", typ: vcdm + "MALFORMED_VALUE_ERROR"},
	"badge.context": {title: "The contexts are not those of an Open Badge", typ: vcdm + "MALFORMED_VALUE_ERROR"},

	"badge.reference":   {title: "An id leads to nothing in the badge", typ: vcdm + "MALFORMED_VALUE_ERROR"},
	"badge.recommended": {title: "The badge lacks what Open Badges recommends"},
	"badge.unattained":  {title: "A result is not what the achievement requires"},
	"badge.learner":     {title: "A credential in the record may be about somebody else"},

	"jsonld.undefined_term": {title: "A term has no definition", typ: security + "PROOF_TRANSFORMATION_ERROR"},
	"jsonld.invalid_iri":    {title: "An identifier is not an absolute IRI", typ: security + "PROOF_TRANSFORMATION_ERROR"},
	"jsonld.context":        {title: "A context cannot be used", typ: security + "PROOF_TRANSFORMATION_ERROR"},
	"jsonld.protected":      {title: "A protected term is redefined", typ: security + "PROOF_TRANSFORMATION_ERROR"},
	"jsonld.dropped":        {title: "A value would not be signed", typ: security + "PROOF_TRANSFORMATION_ERROR"},
	"jsonld.value":          {title: "A value has no meaning in JSON-LD", typ: security + "PROOF_TRANSFORMATION_ERROR"},

	"proof.missing":           {title: "There is no proof", typ: security + "PROOF_VERIFICATION_ERROR"},
	"proof.signature":         {title: "The signature does not match", typ: security + "PROOF_VERIFICATION_ERROR"},
	"proof.value":             {title: "The proof value is malformed", typ: security + "PROOF_VERIFICATION_ERROR"},
	"proof.purpose":           {title: "The proof was made for another purpose", typ: security + "PROOF_VERIFICATION_ERROR"},
	"proof.method":            {title: "The verification method does not count", typ: security + "PROOF_VERIFICATION_ERROR"},
	"proof.controller":        {title: "The key belongs to somebody else", typ: security + "PROOF_VERIFICATION_ERROR"},
	"proof.created":           {title: "The proof's date is wrong", typ: security + "PROOF_VERIFICATION_ERROR"},
	"proof.expired":           {title: "The proof has expired", typ: security + "PROOF_VERIFICATION_ERROR"},
	"proof.suite_not_allowed": {title: "The policy does not allow this cryptosuite", typ: security + "PROOF_VERIFICATION_ERROR"},
	"proof.too_few":           {title: "A proof that the policy needs is missing", typ: security + "PROOF_VERIFICATION_ERROR"},
	"proof.open":              {title: "A proof that the policy needs is undecided", undecided: true},
	"proof.suite_unknown":     {title: "The cryptosuite is not known", undecided: true},
	"proof.domain":            {title: "The proof was made for another domain", typ: security + "INVALID_DOMAIN_ERROR"},
	"proof.chain":             {title: "The proof refers to one that does not count", typ: security + "PROOF_VERIFICATION_ERROR"},
	"proof.base":              {title: "The proof is for its holder alone", typ: security + "PROOF_VERIFICATION_ERROR"},
	"proof.context":           {title: "The proof does not cover all contexts", typ: security + "PROOF_VERIFICATION_ERROR"},
	"proof.legacy":            {title: "The cryptosuite is obsolete"},
	"proof.experimental":      {title: "The cryptosuite is experimental"},
	"proof.challenge":         {title: "The proof answers another challenge", typ: security + "INVALID_CHALLENGE_ERROR"},

	"key.unresolved": {title: "The key could not be found", undecided: true},
	"key.malformed":  {title: "The key is malformed", typ: security + "PROOF_VERIFICATION_ERROR"},
	"key.revoked":    {title: "The key is revoked", typ: security + "PROOF_VERIFICATION_ERROR"},

	"issuer.untrusted": {title: "The issuer is not trusted"},
	"issuer.unbound":   {title: "Nothing ties the key to the issuer", undecided: true},

	"validity.expired": {title: "The credential has expired"},
	"validity.not_yet": {title: "The credential is not valid yet"},

	"status.revoked":     {title: "The credential is revoked"},
	"status.suspended":   {title: "The credential is suspended"},
	"status.required":    {title: "The policy requires a status"},
	"status.index":       {title: "The status index is outside the list", typ: vcdm + "RANGE_ERROR"},
	"status.malformed":   {title: "The status entry is malformed", typ: vcdm + "MALFORMED_VALUE_ERROR"},
	"status.unknown":     {title: "The type of status is not known", undecided: true},
	"status.unreachable": {title: "The status list could not be fetched", typ: statusList + "STATUS_RETRIEVAL_ERROR", undecided: true},
	"status.offline":     {title: "The status was not asked for: no network", typ: statusList + "STATUS_RETRIEVAL_ERROR", undecided: true},
	"status.list_proof":  {title: "The status list cannot be trusted", typ: statusList + "STATUS_VERIFICATION_ERROR", undecided: true},
	"status.purpose":     {title: "The status list has another purpose", typ: statusList + "STATUS_VERIFICATION_ERROR", undecided: true},
	"status.list_short":  {title: "The status list is too short", typ: statusList + "STATUS_LIST_LENGTH_ERROR", undecided: true},
	"status.message":     {title: "The status list holds a message"},

	"tolerated.index_number":        {title: "The status index is a number, not a string", typ: vcdm + "MALFORMED_VALUE_ERROR"},
	"tolerated.byte_index":          {title: "The status list has a byte for each entry, not a bit", typ: statusList + "STATUS_VERIFICATION_ERROR"},
	"tolerated.list_base64":         {title: "The status list is not in URL-safe base64 without padding", typ: statusList + "STATUS_VERIFICATION_ERROR"},
	"tolerated.list_short":          {title: "The status list is shorter than it should be", typ: statusList + "STATUS_LIST_LENGTH_ERROR"},
	"tolerated.list_id":             {title: "The status list calls itself by another URL", typ: statusList + "STATUS_VERIFICATION_ERROR"},
	"tolerated.status_message":      {title: "The status entry does not explain its values", typ: vcdm + "MALFORMED_VALUE_ERROR"},
	"tolerated.revoked_credentials": {title: "The revocation list spells its member in another way", typ: statusList + "STATUS_VERIFICATION_ERROR"},

	"refresh.available": {title: "There is a newer copy of the credential to ask for", undecided: true},
	"refresh.failed":    {title: "There was no newer copy of the credential", undecided: true},
	"refresh.used":      {title: "A newer copy of the credential was judged", undecided: true},

	"schema.unchecked":   {title: "The credential's schema was not checked", undecided: true},
	"schema.invalid":     {title: "The credential does not conform to its schema", typ: vcdm + "MALFORMED_VALUE_ERROR"},
	"schema.unusable":    {title: "The schema cannot be used", undecided: true},
	"schema.unreachable": {title: "The schema could not be fetched", undecided: true},
	"schema.required":    {title: "The policy requires a schema"},

	"resource.unchecked":   {title: "Related resources were not checked", undecided: true},
	"resource.digest":      {title: "A related resource is not the one that was signed for"},
	"resource.malformed":   {title: "A related resource is named in a malformed way", typ: vcdm + "MALFORMED_VALUE_ERROR"},
	"resource.unreachable": {title: "A related resource could not be fetched", undecided: true},
	"resource.required":    {title: "The policy requires a related resource"},

	"recipient.mismatch":     {title: "The badge was earned by somebody else"},
	"recipient.unidentified": {title: "The badge does not say who earned it", undecided: true},

	"holder.mismatch":     {title: "The credential is about somebody other than who presents it"},
	"holder.unidentified": {title: "Whether who presents the credential is its subject is open", undecided: true},
	"holder.unbound":      {title: "Nothing ties the key to the holder", undecided: true},
	"credential.missing":  {title: "The presentation holds no credential"},
	"credential.required": {title: "The policy requires a credential inside"},

	"ob2.missing": {title: "A property that Open Badges 2.0 requires is missing"},
	"ob2.type":    {title: "A value has the wrong type for Open Badges 2.0"},
	"ob2.value":   {title: "A value is not allowed by Open Badges 2.0"},
	"ob2.context": {title: "The context is not that of Open Badges 2.0"},
	"ob2.class":   {title: "The document is part of a badge, and no badge"},
	"ob2.version": {title: "The badge is of a version before Open Badges 2.0", undecided: true},
	"ob2.method":  {title: "How the badge is verified is not known", undecided: true},

	"hosted.url":         {title: "The URL does not say who speaks there", undecided: true},
	"hosted.unreachable": {title: "A hosted document could not be fetched", undecided: true},
	"hosted.document":    {title: "A hosted document cannot be read", undecided: true},
	"hosted.redirect":    {title: "A hosted document is at somebody else's", undecided: true},
	"hosted.id":          {title: "A hosted document is another one"},
	"hosted.scope":       {title: "The badge is not hosted where its issuer says"},
	"hosted.prefix":      {title: "Whether the badge is hosted where its issuer says is open", undecided: true},
	"hosted.rules":       {title: "Where the issuer hosts its badges cannot be read", undecided: true},
	"hosted.changed":     {title: "The copy is not what is hosted", undecided: true},

	"check.unanswered": {title: "A check has no answer for this kind of evidence", undecided: true},

	"endorsement.type":   {title: "What stands in the place of an endorsement is none"},
	"endorsement.target": {title: "The endorsement is about something else"},

	"budget":   {title: "A work limit was reached", undecided: true},
	"deadline": {title: "The time ran out", undecided: true},
}

func kindOf(code string) kind { return codes[code] }

// outcomeOf returns [Failed] or [Undecided].
func outcomeOf(code string) Outcome {
	if codes[code].undecided {
		return Undecided
	}
	return Failed
}

// wholeCredential gives a problem of one proof the type that it has for the credential as a whole
// (VC Data Model 2.0, problem details).
func wholeCredential(p Problem) Problem {
	if strings.HasPrefix(p.Type, security+"PROOF_VERIFICATION") {
		p.Type = vcdm + "CRYPTOGRAPHIC_SECURITY_ERROR"
	}
	return p
}
