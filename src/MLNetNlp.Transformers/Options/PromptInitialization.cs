namespace MLNetNlp;

/// <summary>How a prompt's virtual tokens begin.</summary>
public enum PromptInitialization
{
    /// <summary>As the embeddings of words drawn from the vocabulary. The default: they lie where the model's inputs do.</summary>
    SampleVocabulary,

    /// <summary>From N(0, 1), as PEFT does without other orders. Far from any word: training takes longer.</summary>
    Random,
}
