using System.Globalization;
using System.Reflection;
using System.Text;

namespace Compat.TorchSharp.Tests.Surface;

/// <summary>
/// An assembly's public and protected members, one a line: <c>doc id -> result type | (parameters with defaults) | modifiers</c>, as the listings have
/// them.
/// </summary>
internal static class PublicSurface
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static IEnumerable<string> Of(Assembly assembly) => assembly.GetExportedTypes().SelectMany(Of);

    /// <summary>The line of a type: its kind, and its base type and interfaces in order.</summary>
    public static string Line(Type type) => $"T:{Id(type)} -> {Kind(type)} : {string.Join(", ", Bases(type))}";

    private static IEnumerable<string> Of(Type type)
    {
        yield return Line(type);
        if (typeof(Delegate).IsAssignableFrom(type))
            yield break;
        foreach (var field in type.GetFields(Declared).Where(f => !f.IsSpecialName && (f.IsPublic || f.IsFamily || f.IsFamilyOrAssembly)))
        {
            var constant = field.IsLiteral ? "const=" + Default(field.GetRawConstantValue()) : "";
            var modifiers = (field.IsStatic ? "static " : "") + (field.IsFamily ? "protected" : "");
            yield return $"F:{Id(type)}.{field.Name} -> {Id(field.FieldType)} | {constant} | {modifiers}".TrimEnd();
        }

        foreach (var constructor in type.GetConstructors(Declared & ~BindingFlags.Static).Where(Visible))
            yield return $"M:{Id(type)}.#ctor{Types(constructor)} -> void | {Parameters(constructor)} | {Modifiers(constructor)}".TrimEnd();
        foreach (var method in type.GetMethods(Declared).Where(Visible))
        {
            if (method.IsSpecialName && !method.Name.StartsWith("op_", StringComparison.Ordinal))
                continue;
            var arity = method.IsGenericMethodDefinition ? "``" + method.GetGenericArguments().Length : "";
            yield return $"M:{Id(type)}.{method.Name}{arity}{Types(method)} -> {Id(method.ReturnType)} | {Parameters(method)} | {Modifiers(method)}".TrimEnd();
        }

        foreach (var property in type.GetProperties(Declared))
        {
            var get = property.GetMethod is { } getter && Visible(getter) ? "get " : "";
            var set = property.SetMethod is { } setter && Visible(setter) ? "set " : "";
            if (get + set == "")
                continue;
            var any = property.GetMethod ?? property.SetMethod!;
            var index = property.GetIndexParameters().Length > 0 ? Types(any) : "";
            yield return $"P:{Id(type)}.{property.Name}{index} -> {Id(property.PropertyType)} | {(get + set).TrimEnd()} | {Modifiers(any)}".TrimEnd();
        }
    }

    private static string Kind(Type type) =>
        type.IsEnum ? "enum" : type.IsInterface ? "interface" : typeof(Delegate).IsAssignableFrom(type) ? "delegate"
        : type.IsValueType ? "struct" : type.IsAbstract && type.IsSealed ? "static class"
        : type.IsAbstract ? "abstract class" : type.IsSealed ? "sealed class" : "class";

    private static IEnumerable<string> Bases(Type type)
    {
        Type[] implied = [typeof(object), typeof(ValueType), typeof(Enum), typeof(MulticastDelegate)];
        var parent = type.BaseType is { } b && !implied.Contains(b) ? new[] { Id(b) } : [];
        return parent.Concat(type.GetInterfaces().Where(i => i.IsPublic || i.IsNestedPublic).Select(Id).Order(StringComparer.Ordinal));
    }

    private static bool Visible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static string Modifiers(MethodBase method)
    {
        var inheritance = method.DeclaringType!.IsInterface ? "" : method.IsAbstract ? "abstract " : method.IsVirtual && !method.IsFinal ? "virtual " : "";
        return ((method.IsStatic ? "static " : "") + (method.IsPublic ? "" : "protected ") + inheritance).TrimEnd();
    }

    private static string Types(MethodBase method) => "(" + string.Join(",", method.GetParameters().Select(p => Id(p.ParameterType))) + ")";

    private static string Parameters(MethodBase method) => "(" + string.Join(", ", method.GetParameters().Select(Parameter)) + ")";

    private static string Parameter(ParameterInfo parameter)
    {
        var kind = parameter.IsDefined(typeof(ParamArrayAttribute), false) ? "params "
            : parameter.IsOut ? "out " : !parameter.ParameterType.IsByRef ? "" : parameter.IsIn ? "in " : "ref ";
        return kind + parameter.Name + (parameter.HasDefaultValue ? "=" + Default(parameter.RawDefaultValue) : parameter.IsOptional ? "=?" : "");
    }

    private static string Default(object? value) => value switch
    {
        null => "null",
        string text => "\"" + text.Replace("\n", "\\n", StringComparison.Ordinal) + "\"",
        bool truth => truth ? "true" : "false",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    private static string Id(Type type)
    {
        if (type.IsByRef)
            return Id(type.GetElementType()!) + "@";
        if (type.IsPointer)
            return Id(type.GetElementType()!) + "*";
        if (type.IsArray)
            return Id(type.GetElementType()!) + "[" + new string(',', type.GetArrayRank() - 1) + "]";
        if (type.IsGenericParameter)
            return (type.DeclaringMethod is null ? "`" : "``") + type.GenericParameterPosition;
        var id = new StringBuilder((type.IsGenericType ? type.GetGenericTypeDefinition().FullName! : type.FullName ?? type.Name).Replace('+', '.'));
        if (type.IsGenericType && !type.IsGenericTypeDefinition)
            id.Append('{').AppendJoin(',', type.GetGenericArguments().Select(Id)).Append('}');
        return id.ToString();
    }
}
