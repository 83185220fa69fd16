using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.ML;
using MLNetNlp.Transformers.Checkpoints;

namespace MLNetNlp.Pipeline;

/// <summary>
/// A transformer's part of ML.NET's model zip: a Hugging Face folder with <c>mlnetnlp.json</c> beside its files. Files are streamed, in and out.
/// </summary>
internal static class ModelZip
{
    /// <summary>Writes the folder.</summary>
    /// <param name="context">Where.</param>
    /// <param name="modelSignature">Eight characters that name the kind of model.</param>
    /// <param name="loaderSignature">The name under which the transformer's <c>LoadableClass</c> attribute registers it; at most 24 ASCII characters.</param>
    /// <param name="writeFiles">Writes the model's files with the function it is given.</param>
    /// <param name="manifest">The manifest, but for its files.</param>
    /// <param name="manifestType">How the manifest becomes JSON.</param>
    public static void Save<T>(ModelSaveContext context, string modelSignature, string loaderSignature, Action<Func<string, Stream>> writeFiles,
        T manifest, JsonTypeInfo<T> manifestType)
        where T : ModelManifest
    {
        ArgumentNullException.ThrowIfNull(context);
        context.CheckAtModel();
        context.SetVersionInfo(Version(modelSignature, loaderSignature));
        List<string> names = [];
        var sums = new EntryChecksums();
        writeFiles(name =>
        {
            names.Add(name);
            return Create(context, name, sums);
        });
        using (var stream = Create(context, ModelManifest.FileName, sums))
            JsonSerializer.Serialize(stream, manifest with { Files = names, FormatVersion = ModelManifest.FormatOf(names) }, manifestType);
        using (var stream = Create(context, EntryChecksums.FileName, null))
            sums.Write(stream);
    }

    /// <summary>Reads the manifest and hands it, with the folder, to <paramref name="create"/>.</summary>
    /// <exception cref="FormatException">The folder is damaged, of another kind, or written by a newer version; the message says what is wrong.</exception>
    public static TResult Load<T, TResult>(ModelLoadContext context, string modelSignature, string loaderSignature,
        JsonTypeInfo<T> manifestType, Func<T, ModelFiles, TResult> create)
        where T : ModelManifest
    {
        ArgumentNullException.ThrowIfNull(context);
        context.CheckAtModel(Version(modelSignature, loaderSignature));
        var folder = (context.Directory ?? "").Replace('\\', '/');
        try
        {
            var sums = ReadChecksums(context);
            var manifest = ReadManifest(context, manifestType, sums);
            using var own = ModelFiles.FromStreams(manifest.Files, name => Open(context, name, sums), $"{folder} of the model zip");
            using var files = ModelAdaptation.WithBase(own);
            return create(manifest, files);
        }
        catch (Exception e) when (e is IOException or InvalidDataException or KeyNotFoundException or NotSupportedException)
        {
            throw new FormatException($"The model zip is damaged, or was changed, at '{folder}': {e.Message}", e);
        }
    }

    // Zips of before there were checksums have none.
    private static EntryChecksums ReadChecksums(ModelLoadContext context) =>
        ReadAll(context, EntryChecksums.FileName) is { } bytes ? EntryChecksums.Read(bytes) : new EntryChecksums();

    private static T ReadManifest<T>(ModelLoadContext context, JsonTypeInfo<T> manifestType, EntryChecksums sums)
        where T : ModelManifest
    {
        var bytes = ReadAll(context, ModelManifest.FileName) ?? throw new InvalidDataException($"there is no '{ModelManifest.FileName}'.");
        try
        {
            return ReadManifest(bytes, manifestType, sums);
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"'{ModelManifest.FileName}' cannot be read: {e.Message}", e);
        }
    }

    private static T ReadManifest<T>(byte[] bytes, JsonTypeInfo<T> manifestType, EntryChecksums sums)
        where T : ModelManifest
    {
        using var document = JsonDocument.Parse(bytes);
        if (document.RootElement.ValueKind != JsonValueKind.Object)
            throw new InvalidDataException($"'{ModelManifest.FileName}' is not an object.");

        // The version first: what a newer format holds may not fit the type at all.
        var format = document.RootElement.TryGetProperty("formatVersion", out var value) && value.ValueKind == JsonValueKind.Number
            && value.TryGetInt32(out var number) ? number : 0;
        if (format > ModelManifest.CurrentFormat)
        {
            var product = document.RootElement.TryGetProperty("productVersion", out var written) ? written.ToString() : "?";
            throw new FormatException(
                $"The model was saved by MLNetNlp {product} in format {format}; this version reads formats up to {ModelManifest.CurrentFormat}. "
                + "Update MLNetNlp to load it.");
        }

        // Then the bytes: a column's or a label's name with one wrong letter would otherwise pass.
        if (sums.Find(ModelManifest.FileName) is { } expected && expected != (bytes.Length, Checksum.Of(bytes)))
            throw new InvalidDataException($"the bytes of '{ModelManifest.FileName}' are not those that were saved.");
        return format >= 1 ? document.Deserialize(manifestType)! : throw new InvalidDataException($"'{ModelManifest.FileName}' has no 'formatVersion'.");
    }

    // Always the same number: our own format's number, in the manifest, gives clearer errors.
    private static VersionInfo Version(string modelSignature, string loaderSignature) =>
        new(modelSignature, 0x00010001, 0x00010001, 0x00010001, loaderAssemblyName: typeof(ModelZip).Assembly.GetName().Name, loaderSignature: loaderSignature);

    private static EntryStream Create(ModelSaveContext context, string name, EntryChecksums? sums)
    {
        var entry = context.Repository.CreateEntry(Folder(context.Directory, name), Path.GetFileName(name));
        return new EntryStream(name, entry.Stream, entry, written: (length, sum) => sums?.Add(name, length, sum));
    }

    private static EntryStream? Open(ModelLoadContext context, string name, EntryChecksums? sums)
    {
        var entry = context.Repository.OpenEntryOrNull(Folder(context.Directory, name), Path.GetFileName(name));
        return entry is null ? null : new EntryStream(name, entry.Stream, entry, sums?.Find(name));
    }

    private static byte[]? ReadAll(ModelLoadContext context, string name)
    {
        using var stream = Open(context, name, null);
        if (stream is null)
            return null;
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }

    // The names of a model's files have '/' between their levels; the repository has its system's separator.
    private static string Folder(string? directory, string name)
    {
        var below = Path.GetDirectoryName(name);
        return string.IsNullOrEmpty(below) ? directory ?? "" : Path.Combine(directory ?? "", below);
    }
}
