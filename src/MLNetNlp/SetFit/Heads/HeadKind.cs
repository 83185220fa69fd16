namespace MLNetNlp;

/// <summary>What a fitted head is; the names are those in <c>model_head.json</c>.</summary>
internal enum HeadKind
{
    LogisticRegression,
    OneVsRest,
    MultiOutput,
    ClassifierChain,
    SetFitHead,
}
