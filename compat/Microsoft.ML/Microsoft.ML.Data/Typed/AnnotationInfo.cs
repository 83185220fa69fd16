namespace Microsoft.ML.Data;

/// <summary>One annotation of a member's column.</summary>
internal sealed record AnnotationInfo(DataViewType Type, Delegate Getter)
{
    internal static AnnotationInfo Of<T>(T value, DataViewType type)
    {
        if (typeof(T) == type.RawType)
        {
            return new AnnotationInfo(type, (ValueGetter<T>)((ref T destination) => destination = value));
        }

        throw Errors.Parameter($"The annotation's type {type} is of {type.RawType}, but the value is a {typeof(T)}.", nameof(value));
    }
}
