package badge

// Result is a result of the recipient (section "Result"). [Skills] gives results as typed values.
type Result struct {
	Object
	Type              []string    `ob:"type"`
	ResultDescription string      `ob:"resultDescription"` // the ID of a ResultDescription of the achievement
	Value             string      `ob:"value"`             // a grade, a score, a percentage: what the description says
	Status            string      `ob:"status"`            // such as "Completed"
	AchievedLevel     string      `ob:"achievedLevel"`     // the ID of a RubricCriterionLevel of the description
	Alignment         []Alignment `ob:"alignment"`
}

// ResultDescription is what results of an achievement there can be (section "ResultDescription").
type ResultDescription struct {
	Object
	ID                   string                 `ob:"id"` // a URI
	Type                 []string               `ob:"type"`
	Name                 string                 `ob:"name"`
	ResultType           string                 `ob:"resultType"`        // such as "LetterGrade", or of somebody's own: "ext:…"
	AllowedValue         []string               `ob:"allowedValue,text"` // from low to high
	RequiredLevel        string                 `ob:"requiredLevel"`     // the ID of the RubricCriterionLevel to reach
	RequiredValue        string                 `ob:"requiredValue"`     // to reach
	ValueMin             string                 `ob:"valueMin"`          // a number as text, in the unit of ResultType
	ValueMax             string                 `ob:"valueMax"`
	RubricCriterionLevel []RubricCriterionLevel `ob:"rubricCriterionLevel"`
	Alignment            []Alignment            `ob:"alignment"`
}

// RubricCriterionLevel is one level of a rubric (section "RubricCriterionLevel").
type RubricCriterionLevel struct {
	Object
	ID          string      `ob:"id"` // a URI
	Type        []string    `ob:"type"`
	Name        string      `ob:"name"`
	Description string      `ob:"description"`
	Level       string      `ob:"level"`  // its rank in words or figures
	Points      string      `ob:"points"` // a number as text
	Alignment   []Alignment `ob:"alignment"`
}
