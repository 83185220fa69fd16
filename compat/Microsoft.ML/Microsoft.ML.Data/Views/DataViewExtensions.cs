namespace Microsoft.ML.Data;

/// <summary>Small helps with views and rows.</summary>
internal static class DataViewExtensions
{
    /// <summary>Calls a generic method with the raw type that a column has.</summary>
    internal static object Invoke(object target, string method, Type type, params object[] arguments) =>
        InvokeMember(target.GetType(), target, method, type, arguments);

    internal static object InvokeStatic(Type owner, string method, Type type, params object[] arguments) => InvokeMember(owner, null, method, type, arguments);

    private static object InvokeMember(Type owner, object target, string method, Type type, object[] arguments)
    {
        const System.Reflection.BindingFlags flags = System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.Static
            | System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Public;
        return owner.GetMethod(method, flags).MakeGenericMethod(type)
            .Invoke(target, System.Reflection.BindingFlags.DoNotWrapExceptions, null, arguments, null);
    }

    internal static DataViewSchema.Column Require(this DataViewSchema schema, string name, string role, string parameter = "inputSchema") =>
        schema.GetColumnOrNull(name) ?? throw Contracts.ExceptSchemaMismatch(parameter, role, name);
}
