using System.Text.Json;
using MLNetNlp.Transformers.Checkpoints;

namespace MLNetNlp.Pipeline;

/// <summary><c>base_model.json</c> in a model's part of a zip: which model an adapter was trained on, and what the zip holds of both.</summary>
/// <param name="Storage">What the zip holds.</param>
/// <param name="Source">Where the base model came from.</param>
/// <param name="Name">"Mini", the folder, or the hub id.</param>
/// <param name="Revision">The hub's commit, or the revision that was asked for; null elsewhere.</param>
internal sealed record BaseModelReference(AdapterStorage Storage, BaseModelSource Source, string Name, string? Revision = null)
{
    public const string FileName = "base_model.json";

    private const string HowToPoint = $"Point to it elsewhere with the environment variable {BaseModels.EnvironmentVariable} (its folder, or the folder above), or with "
        + $"{nameof(BaseModels)}.{nameof(BaseModels.Map)}(name, folder) before the model is loaded.";

    /// <summary>Reads the file; null where there is none.</summary>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public static BaseModelReference? TryRead(ModelFiles files)
    {
        if (!files.Exists(FileName))
            return null;
        try
        {
            return JsonSerializer.Deserialize(files.ReadAllBytes(FileName), BaseModelJson.Default.BaseModelReference);
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"'{FileName}' cannot be read: {e.Message}", e);
        }
    }

    public void Write(Func<string, Stream> createFile)
    {
        using var stream = createFile(FileName);
        JsonSerializer.Serialize(stream, this, BaseModelJson.Default.BaseModelReference);
    }

    /// <summary>Opens the base model, where it was or where the user says.</summary>
    /// <param name="sha256">Finds the weights' hash, for the error.</param>
    /// <exception cref="BaseModelException">It is not there.</exception>
    public ModelFiles Open(Func<string?> sha256)
    {
        var moved = Source == BaseModelSource.Mini ? null : BaseModels.Find(Name);
        var model = moved is not null ? PretrainedModel.FromDirectory(moved) : Source switch
        {
            BaseModelSource.Mini => PretrainedModel.Mini,
            BaseModelSource.Hub => PretrainedModel.FromHub(Name, Revision ?? HubClient.DefaultRevision),
            _ => PretrainedModel.FromDirectory(Name),
        };
        try
        {
            return model.Open(default);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or HubException)
        {
            throw new BaseModelException($"The model is an adapter alone, and its base model {Describe(sha256())} cannot be opened: {e.Message} {HowToPoint}", e);
        }
    }

    /// <summary>The error for a base model with other weights.</summary>
    public BaseModelException IsAnother(string found, string needed, string actual) =>
        new($"The adapter was trained on base model {Describe(needed)}, but the weights of '{found}' have SHA-256 {actual}. {HowToPoint}");

    private string Describe(string? sha256) =>
        $"'{Name}'{(Revision is null ? "" : $" at revision {Revision}")}{(sha256 is null ? "" : $" (its weights' SHA-256 is {sha256})")}";
}
