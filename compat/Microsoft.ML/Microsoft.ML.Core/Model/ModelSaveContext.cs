using System.Text;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>Where a component writes its part of a model file: a block of its own, and named streams beside it.</summary>
public sealed class ModelSaveContext : IDisposable
{
    internal readonly RepositoryWriter Repository;
    internal readonly string Directory;
    internal readonly BinaryWriter Writer;
    internal readonly StringTable Strings = new();
    internal readonly long FpMin;
    internal ModelHeader Header;

    private readonly Repository.Entry _entry;
    private string _loaderAssemblyName;
    private bool _disposed;

    internal ModelSaveContext(RepositoryWriter rep, string dir, string name)
    {
        ArgumentNullException.ThrowIfNull(rep);
        Repository = rep;
        Directory = dir;
        _entry = rep.CreateEntry(dir, name);
        Writer = new BinaryWriter(_entry.Stream, Encoding.UTF8, leaveOpen: true);
        Writer.Write(new byte[ModelHeader.Size]);
    }

    internal ModelSaveContext(BinaryWriter writer, IExceptionContext ectx = null)
    {
        ArgumentNullException.ThrowIfNull(writer);
        Writer = writer;
        Writer.Flush();
        FpMin = writer.BaseStream.Position;
        Writer.Write(new byte[ModelHeader.Size]);
    }

    internal bool InRepository => Repository != null;

    /// <summary>Closes this part.</summary>
    public void Dispose()
    {
        if (InRepository && !_disposed)
        {
            _disposed = true;
            Writer.Dispose();
            _entry.Dispose();
        }
    }

    internal static void SaveModel<T>(RepositoryWriter rep, T value, string path)
        where T : class
    {
        if (value is ICanSaveModel model)
        {
            using ModelSaveContext context = new(rep, path, ModelLoadContext.ModelStreamName);
            model.Save(context);
            context.Done();
        }
    }

    internal static void Save(BinaryWriter writer, Action<ModelSaveContext> fn)
    {
        using ModelSaveContext context = new(writer);
        fn(context);
        context.Done();
    }

    internal void SaveModel<T>(T value, string name)
        where T : class
    {
        CheckInRepository("a sub-model");
        SaveModel(Repository, value, Path.Combine(Directory ?? "", name));
    }

    internal void SaveSubModel(string dir, Action<ModelSaveContext> fn)
    {
        CheckInRepository("a sub-model");
        using ModelSaveContext context = new(Repository, Path.Combine(Directory ?? "", dir), ModelLoadContext.ModelStreamName);
        fn(context);
        context.Done();
    }

    internal void CheckAtModel()
    {
        Writer.Flush();
        Contracts.Check(Writer.BaseStream.Position == FpMin + Header.FpModel, "The writer is not at the start of the model block");
    }

    internal void SetVersionInfo(VersionInfo ver)
    {
        Header.Set(ver);
        _loaderAssemblyName = ver.LoaderAssemblyName;
    }

    internal void SaveTextStream(string name, Action<TextWriter> action)
    {
        CheckInRepository("a text stream");
        using Repository.Entry entry = Repository.CreateEntry(Directory, name);
        using StreamWriter writer = new(entry.Stream, new UTF8Encoding(false), leaveOpen: true);
        action(writer);
    }

    internal void SaveBinaryStream(string name, Action<BinaryWriter> action)
    {
        CheckInRepository("a binary stream");
        using Repository.Entry entry = Repository.CreateEntry(Directory, name);
        using BinaryWriter writer = new(entry.Stream, Encoding.UTF8, leaveOpen: true);
        action(writer);
    }

    internal void SaveStringOrNull(string str) => Writer.Write(str is null ? -1 : Strings.Add(str));

    internal void SaveString(string str)
    {
        ArgumentNullException.ThrowIfNull(str);
        Writer.Write(Strings.Add(str));
    }

    internal void SaveString(ReadOnlyMemory<char> str) => SaveString(str.ToString());

    internal void SaveNonEmptyString(string str)
    {
        Contracts.CheckNonEmpty(str, nameof(str));
        Writer.Write(Strings.Add(str));
    }

    internal void SaveNonEmptyString(ReadOnlyMemory<char> str) => SaveNonEmptyString(str.ToString());

    internal void Done()
    {
        Contracts.Check(Header.ModelSignature != 0, "ModelSignature not specified!");
        ModelHeader.Write(Writer, FpMin, Header, Strings.Texts, _loaderAssemblyName);
        Dispose();
    }

    private void CheckInRepository(string what) => Contracts.Check(InRepository, $"Can't save {what} when writing to a single stream");
}
