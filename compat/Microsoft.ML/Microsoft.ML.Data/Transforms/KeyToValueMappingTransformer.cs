using System.Numerics;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Transforms;

[assembly: LoadableClass(typeof(KeyToValueMappingTransformer), null, typeof(SignatureLoadModel), "Key To Value Transform",
    KeyToValueMappingTransformer.LoaderSignature)]

namespace Microsoft.ML.Transforms;

/// <summary>Maps keys back to the values that they stand for; a missing key becomes the missing value of their type.</summary>
public sealed class KeyToValueMappingTransformer : OneToOneTransformerBase
{
    internal const string LoaderSignature = "KeyToValueTransform";

    internal KeyToValueMappingTransformer(IHostEnvironment env, params (string Output, string Input)[] columns)
        : base(env.Register(nameof(KeyToValueMappingTransformer)), columns)
    {
    }

    private static VersionInfo Version => ModelFile.Version("KEY2VALT", 0x00010001, 0x00010001, 0x00010001, LoaderSignature);

    private protected override MappedColumn MapColumn(int index, DataViewSchema.Column input)
    {
        DataViewType valuesType = input.Annotations.Schema.GetColumnOrNull(AnnotationKinds.KeyValues)?.Type;
        Contracts.Check(valuesType is not null, $"Metadata KeyValues does not exist on column '{input.Name}'");
        Contracts.Check(valuesType is VectorDataViewType values && input.Type.ItemType() is KeyDataViewType key && (ulong)values.Size == key.Count,
            $"KeyValues metadata size does not match column type key count: column '{input.Name}' is {input.Type}, its key values are {valuesType}");
        PrimitiveDataViewType itemType = (PrimitiveDataViewType)valuesType.ItemType();
        DataViewType type = input.Type is VectorDataViewType vector ? new VectorDataViewType(itemType, vector.Dimensions) : itemType;
        DataViewSchema.Annotations.Builder annotations = new();
        annotations.Add(input.Annotations, kind => kind == AnnotationKinds.SlotNames);
        return new MappedColumn(input, new DataViewSchema.DetachedColumn(ColumnPairs[index].Output, type, annotations.ToAnnotations()),
            (Func<DataViewRow, Delegate>)DataViewExtensions.InvokeStatic(typeof(KeyToValueMappingTransformer), nameof(Bind), itemType.RawType, input));
    }

    private protected override void SaveModel(ModelSaveContext ctx)
    {
        ctx.SetVersionInfo(Version);
        SaveColumns(ctx);
    }

    private static KeyToValueMappingTransformer Create(IHostEnvironment env, ModelLoadContext ctx)
    {
        ctx.CheckAtModel(Version);
        return new KeyToValueMappingTransformer(env, LoadColumns(ctx));
    }

    private static Func<DataViewRow, Delegate> Bind<TValue>(DataViewSchema.Column input)
    {
        VBuffer<TValue> buffer = default;
        input.GetKeyValues(ref buffer);
        TValue[] values = [.. buffer.DenseValues()];
        return row => (Delegate)DataViewExtensions.Invoke(new Lookup<TValue>(values, input), nameof(Lookup<TValue>.Getter), input.Type.ItemType().RawType, row);
    }

    private sealed class Lookup<TValue>(TValue[] values, DataViewSchema.Column input)
    {
        private static readonly TValue Missing = typeof(TValue) == typeof(float) ? (TValue)(object)float.NaN
            : typeof(TValue) == typeof(double) ? (TValue)(object)double.NaN : default;

        internal Delegate Getter<TKey>(DataViewRow row)
            where TKey : INumberBase<TKey>
        {
            if (input.Type is VectorDataViewType)
            {
                ValueGetter<VBuffer<TKey>> getKeys = row.GetGetter<VBuffer<TKey>>(input);
                VBuffer<TKey> keys = default;
                return (ValueGetter<VBuffer<TValue>>)((ref VBuffer<TValue> value) =>
                {
                    getKeys(ref keys);
                    VBufferEditor<TValue> editor = VBufferEditor.Create(ref value, keys.Length);
                    int slot = 0;
                    foreach (TKey key in keys.DenseValues())
                    {
                        editor.Values[slot++] = Map(key);
                    }

                    value = editor.Commit();
                });
            }

            ValueGetter<TKey> getKey = row.GetGetter<TKey>(input);
            TKey single = default;
            return (ValueGetter<TValue>)((ref TValue value) =>
            {
                getKey(ref single);
                value = Map(single);
            });
        }

        private TValue Map<TKey>(TKey key)
            where TKey : INumberBase<TKey>
        {
            ulong index = ulong.CreateChecked(key);
            return index > 0 && index <= (ulong)values.Length ? values[index - 1] : Missing;
        }
    }
}
