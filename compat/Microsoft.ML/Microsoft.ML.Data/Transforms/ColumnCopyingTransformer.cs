using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Transforms;

[assembly: LoadableClass(typeof(ColumnCopyingTransformer), null, typeof(SignatureLoadModel), "Copy Columns Transform",
    ColumnCopyingTransformer.LoaderSignature)]

namespace Microsoft.ML.Transforms;

/// <summary>Copies columns.</summary>
public sealed class ColumnCopyingTransformer : OneToOneTransformerBase
{
    internal const string LoaderSignature = "CopyTransform";

    internal ColumnCopyingTransformer(IHostEnvironment env, params (string Output, string Input)[] columns)
        : base(env.Register(nameof(ColumnCopyingTransformer)), columns)
    {
    }

    private static VersionInfo Version => ModelFile.Version("COPYCOLT", 0x00010001, 0x00010001, 0x00010001, LoaderSignature);

    private protected override MappedColumn MapColumn(int index, DataViewSchema.Column input) => new(
        input,
        new DataViewSchema.DetachedColumn(ColumnPairs[index].Output, input.Type, input.Annotations),
        row => (Delegate)DataViewExtensions.InvokeStatic(typeof(ColumnCopyingTransformer), nameof(Getter), input.Type.RawType, row, input));

    private protected override void SaveModel(ModelSaveContext ctx)
    {
        ctx.SetVersionInfo(Version);
        SaveColumns(ctx);
    }

    private static ValueGetter<T> Getter<T>(DataViewRow row, DataViewSchema.Column column) => row.GetGetter<T>(column);

    private static ColumnCopyingTransformer Create(IHostEnvironment env, ModelLoadContext ctx)
    {
        ctx.CheckAtModel(Version);
        return new ColumnCopyingTransformer(env, LoadColumns(ctx));
    }
}
