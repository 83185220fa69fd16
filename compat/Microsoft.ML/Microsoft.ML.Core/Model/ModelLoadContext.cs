using System.Reflection;
using System.Text;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>Where a component reads its part of a model file from.</summary>
internal sealed class ModelLoadContext : IDisposable
{
    public const string ModelStreamName = "Model.key";

    public readonly RepositoryReader Repository;
    public readonly string Directory;
    public readonly BinaryReader Reader;
    public readonly string[] Strings;
    public readonly string LoaderAssemblyName;
    public readonly long FpMin;
    internal ModelHeader Header;

    internal ModelLoadContext(RepositoryReader rep, Repository.Entry ent, string dir)
    {
        Repository = rep;
        Directory = dir;
        Reader = new BinaryReader(ent.Stream, Encoding.UTF8, leaveOpen: true);
        Header = ModelHeader.Read(Reader, out Strings, out LoaderAssemblyName);
    }

    internal ModelLoadContext(BinaryReader reader, IExceptionContext ectx = null)
    {
        Reader = reader;
        FpMin = reader.BaseStream.Position;
        Header = ModelHeader.Read(Reader, out Strings, out LoaderAssemblyName);
    }

    public bool InRepository => Repository != null;

    public static void LoadModel<TRes, TSig>(IHostEnvironment env, out TRes result, RepositoryReader rep, string dir, params object[] extra)
        where TRes : class
    {
        if (!LoadModelOrNull<TRes, TSig>(env, out result, rep, dir, extra))
        {
            throw Contracts.ExceptDecode($"Corrupt model file: there is no '{Path.Combine(dir ?? "", ModelStreamName)}'");
        }
    }

    public static bool LoadModelOrNull<TRes, TSig>(IHostEnvironment env, out TRes result, RepositoryReader rep, string dir, params object[] extra)
        where TRes : class
    {
        using Repository.Entry entry = rep.OpenEntryOrNull(dir, ModelStreamName);
        if (entry is null)
        {
            result = null;
            return false;
        }

        using ModelLoadContext context = new(rep, entry, dir);
        if (!context.TryLoad<TRes, TSig>(env, out result, extra))
        {
            throw Contracts.ExceptDecode($"Couldn't load model: '{dir}' (component '{context.Header.LoaderSignature}' of assembly "
                + $"'{context.LoaderAssemblyName}')");
        }

        return true;
    }

    public void LoadModel<TRes, TSig>(IHostEnvironment env, out TRes result, string name, params object[] extra)
        where TRes : class
    {
        CheckInRepository();
        LoadModel<TRes, TSig>(env, out result, Repository, Path.Combine(Directory ?? "", name), extra);
    }

    public bool LoadModelOrNull<TRes, TSig>(IHostEnvironment env, out TRes result, string name, params object[] extra)
        where TRes : class
    {
        CheckInRepository();
        return LoadModelOrNull<TRes, TSig>(env, out result, Repository, Path.Combine(Directory ?? "", name), extra);
    }

    public bool ContainsModel(string name)
    {
        using Repository.Entry entry = InRepository && !string.IsNullOrEmpty(name)
            ? Repository.OpenEntryOrNull(Path.Combine(Directory ?? "", name), ModelStreamName)
            : null;
        return entry is not null;
    }

    public bool TryProcessSubModel(string dir, Action<ModelLoadContext> action)
    {
        CheckInRepository();
        string path = Path.Combine(Directory ?? "", dir);
        using Repository.Entry entry = Repository.OpenEntryOrNull(path, ModelStreamName);
        if (entry is null)
        {
            return false;
        }

        using ModelLoadContext context = new(Repository, entry, path);
        action(context);
        return true;
    }

    public bool TryLoadBinaryStream(string name, Action<BinaryReader> action)
    {
        CheckInRepository();
        using Repository.Entry entry = Repository.OpenEntryOrNull(Directory, name);
        if (entry is null)
        {
            return false;
        }

        using BinaryReader reader = new(entry.Stream, Encoding.UTF8, leaveOpen: true);
        action(reader);
        return true;
    }

    public bool TryLoadTextStream(string name, Action<TextReader> action)
    {
        CheckInRepository();
        using Repository.Entry entry = Repository.OpenEntryOrNull(Directory, name);
        if (entry is null)
        {
            return false;
        }

        using StreamReader reader = new(entry.Stream);
        action(reader);
        return true;
    }

    public void CheckAtModel() => Contracts.Check(Reader.BaseStream.Position == FpMin + Header.FpModel, "The reader is not at the start of the model block");

    public void CheckAtModel(VersionInfo ver)
    {
        CheckAtModel();
        CheckVersionInfo(ver);
    }

    public void CheckVersionInfo(VersionInfo ver) => Header.CheckVersion(ver);

    public string LoadStringOrNull()
    {
        int id = Reader.ReadInt32();
        return id == -1 ? null : StringAt(id);
    }

    public string LoadString() => StringAt(Reader.ReadInt32());

    public string LoadNonEmptyString()
    {
        string text = LoadString();
        Contracts.CheckDecode(text.Length > 0, "Corrupt model file: a text is empty");
        return text;
    }

    public void Done()
    {
        Contracts.CheckDecode(Reader.BaseStream.Position == FpMin + Header.FpModel + Header.ModelSize,
            "Corrupt model file: the model block was not read to its end");
        Reader.BaseStream.Position = FpMin + Header.Limit;
        Dispose();
    }

    public void Dispose()
    {
        if (InRepository)
        {
            Reader.Dispose();
        }
    }

    private bool TryLoad<TRes, TSig>(IHostEnvironment env, out TRes result, object[] extra)
        where TRes : class
    {
        if (!string.IsNullOrEmpty(LoaderAssemblyName))
        {
            // By simple name: a file may have been written with ML.NET's own signed assemblies, which these stand in for.
            env.ComponentCatalog.RegisterAssembly(Assembly.Load(new AssemblyName(LoaderAssemblyName.Split(',')[0])));
        }

        object[] arguments = [this, .. extra];
        foreach (string signature in new[] { Header.LoaderSignature, Header.LoaderSignatureAlt })
        {
            if (!string.IsNullOrWhiteSpace(signature) && env.ComponentCatalog.TryCreateInstance<TSig>(env, signature, arguments, out object instance))
            {
                result = instance as TRes;
                if (result is not null)
                {
                    Done();
                    return true;
                }
            }
        }

        result = null;
        return false;
    }

    private string StringAt(int id)
    {
        Contracts.CheckDecode(id >= 0 && id < Strings.Length, "Corrupt model file: a text is not in the string table");
        return Strings[id];
    }

    private void CheckInRepository() => Contracts.Check(InRepository, "Can't load a sub-model when reading from a single stream");
}
