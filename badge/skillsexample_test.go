package badge_test

import (
	"fmt"

	"github.com/badgeproof/badgeproof/badge"
	"github.com/badgeproof/badgeproof/vc"
)

// What a badge says about skills may be believed once its report is valid.
func ExampleSkills() {
	b, err := badge.Open([]byte(`{"credentialSubject": {"type": ["AchievementSubject"],
	  "result": [{"type": ["Result"], "resultDescription": "urn:grade", "value": "B"}],
	  "achievement": {"id": "https://example.edu/welding", "type": ["Achievement"],
	    "alignment": [{"type": ["Alignment"], "targetName": "weld metal", "targetUrl": "http://data.europa.eu/esco/skill/0a6e0f0f-3d9a-4f1b-9d0c-3a8c0cf2a2a1"}],
	    "resultDescription": [{"id": "urn:grade", "type": ["ResultDescription"], "name": "Grade", "resultType": "LetterGrade", "allowedValue": ["D", "C", "B", "A"], "requiredValue": "C"}]}}}`))
	if err != nil {
		panic(err)
	}
	for _, s := range badge.Skills(b.Credential()) {
		fmt.Println(s.Name, s.Key, s.Attained == badge.Attained)
	}
	for _, o := range badge.Outcomes(b.Credential()) {
		fmt.Println(o.Name, o.Value, o.Met == badge.Attained, o.AtLeast("A") == badge.Attained)
	}
	// Output:
	// weld metal esco:skill:0a6e0f0f-3d9a-4f1b-9d0c-3a8c0cf2a2a1 true
	// Grade B true false
}

// Of the badges for the parts of a program, one is missing.
func ExampleStackOf() {
	program, err := badge.Open([]byte(`{"type": ["VerifiableCredential", "ClrCredential"], "credentialSubject": {"type": ["ClrSubject"],
	  "achievement": [{"id": "https://example.edu/program", "name": "Program"}, {"id": "https://example.edu/1", "name": "Theory"}, {"id": "https://example.edu/2", "name": "Practice"}],
	  "association": [
	    {"type": "Association", "associationType": "isChildOf", "sourceId": "https://example.edu/1", "targetId": "https://example.edu/program"},
	    {"type": "Association", "associationType": "isParentOf", "sourceId": "https://example.edu/program", "targetId": "https://example.edu/2"}],
	  "verifiableCredential": []}}`))
	if err != nil {
		panic(err)
	}
	theory, err := badge.Open([]byte(`{"credentialSubject": {"type": ["AchievementSubject"], "achievement": {"id": "https://example.edu/1"}}}`))
	if err != nil {
		panic(err)
	}
	for _, s := range badge.StackOf(program.Credential(), []*vc.Credential{theory.Credential()}) {
		fmt.Println(s.Name, s.Complete)
		for _, p := range s.Missing() {
			fmt.Println("missing:", p.Name, p.Why.Pointer)
		}
	}
	// Output:
	// Program false
	// missing: Practice /credentialSubject/association/1
}
