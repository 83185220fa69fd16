using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Transforms;

[assembly: LoadableClass(typeof(ValueToKeyMappingTransformer), null, typeof(SignatureLoadModel), "Term Transform",
    ValueToKeyMappingTransformer.LoaderSignature)]

namespace Microsoft.ML.Transforms;

/// <summary>Maps values to keys from 1; values that were not there in training, and missing ones, become the missing key.</summary>
public sealed class ValueToKeyMappingTransformer : OneToOneTransformerBase
{
    internal const string LoaderSignature = "TermTransform";
    private const string VocabularyFolder = "Vocabulary";
    private const uint VersionWithOtherTypes = 0x00010003;
    private const uint VocabularyVersionWithOtherTypes = 0x00010002;

    private readonly KeyMap[] _maps;
    private readonly bool[] _asText;

    internal ValueToKeyMappingTransformer(IHostEnvironment env, (string Output, string Input)[] columns, KeyMap[] maps, bool[] asText)
        : base(env.Register("Term"), columns)
    {
        _maps = maps;
        _asText = asText;
    }

    private static VersionInfo Version => ModelFile.Version("TERMTRNF", VersionWithOtherTypes, VersionWithOtherTypes, 0x00010001, LoaderSignature);

    private static VersionInfo VocabularyVersion =>
        ModelFile.Version("TERM MAN", VocabularyVersionWithOtherTypes, VocabularyVersionWithOtherTypes, 0x00010001, "TermManager");

    private protected override MappedColumn MapColumn(int index, DataViewSchema.Column input)
    {
        KeyMap map = _maps[index];
        if (!KeyMap.CanMap(input.Type))
        {
            throw Contracts.ExceptSchemaMismatch("inputSchema", "input", input.Name, "standard type or a vector of standard type", input.Type.ToString());
        }

        Contracts.Check(input.Type.ItemType().Equals(map.ItemType),
            $"Could not apply a map over type '{map.ItemType}' to column '{input.Name}' since it has type '{input.Type.ItemType()}'");
        DataViewType type = input.Type is VectorDataViewType vector ? new VectorDataViewType(map.KeyType, vector.Dimensions) : map.KeyType;
        DataViewSchema.Annotations.Builder annotations = new();
        map.AddKeyValues(annotations, input, _asText[index]);
        annotations.Add(input.Annotations, kind => kind == AnnotationKinds.SlotNames);
        return new MappedColumn(input, new DataViewSchema.DetachedColumn(ColumnPairs[index].Output, type, annotations.ToAnnotations()), row =>
            map.CreateGetter(row, input));
    }

    // The block: the columns, then a byte each that says whether key values are given as text. The terms are below, in a part of their own.
    private protected override void SaveModel(ModelSaveContext ctx)
    {
        ctx.SetVersionInfo(Version);
        SaveColumns(ctx);
        foreach (bool asText in _asText)
        {
            ctx.Writer.Write(asText);
        }

        ctx.SaveSubModel(VocabularyFolder, vocabulary =>
        {
            vocabulary.SetVersionInfo(VocabularyVersion);
            vocabulary.Writer.Write(_maps.Length);
            foreach (KeyMap map in _maps)
            {
                map.Save(vocabulary);
            }

            vocabulary.SaveTextStream("Terms.txt", writer => Array.ForEach(_maps, map => map.WriteText(writer)));
        });
    }

    private static ValueToKeyMappingTransformer Create(IHostEnvironment env, ModelLoadContext ctx)
    {
        ctx.CheckAtModel(Version);
        (string Output, string Input)[] columns = LoadColumns(ctx);
        bool[] asText = Array.ConvertAll(columns, _ => ctx.Header.ModelVerWritten >= VersionWithOtherTypes && ctx.Reader.ReadBoolean());
        KeyMap[] maps = new KeyMap[columns.Length];
        bool found = ctx.TryProcessSubModel(VocabularyFolder, vocabulary =>
        {
            vocabulary.CheckAtModel(VocabularyVersion);
            Contracts.CheckDecode(vocabulary.Reader.ReadInt32() == maps.Length, "Corrupt model file: the number of vocabularies");
            for (int i = 0; i < maps.Length; i++)
            {
                maps[i] = vocabulary.Header.ModelVerWritten >= VocabularyVersionWithOtherTypes ? KeyMap.Load(vocabulary) : KeyMap.LoadTexts(vocabulary);
            }
        });
        Contracts.CheckDecode(found, $"Missing {VocabularyFolder} model");
        return new ValueToKeyMappingTransformer(env, columns, maps, asText);
    }
}
