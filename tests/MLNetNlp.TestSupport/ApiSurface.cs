using System.Globalization;
using System.Reflection;
using System.Text;

namespace MLNetNlp.TestSupport;

/// <summary>
/// The public and protected surface of assemblies, one member a line, in the form of the listings of the real packages:
/// <c>kind:documentation id -> result type | parameters | modifiers</c>. The assembly that a member lives in is left out on purpose.
/// </summary>
public static class ApiSurface
{
    private const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    /// <summary>The lines of some assemblies.</summary>
    public static SortedSet<string> Of(params Assembly[] assemblies)
    {
        SortedSet<string> lines = new(StringComparer.Ordinal);
        foreach (var type in assemblies.SelectMany(assembly => assembly.GetExportedTypes()))
            Describe(type, lines);
        return lines;
    }

    /// <summary>
    /// Those lines of <paramref name="own"/> that <paramref name="listing"/> (a file of such lines) lacks. Of a type's base list only what the real one
    /// lacks counts; parameter names and default values must be equal, since calls depend on them.
    /// </summary>
    public static IReadOnlyList<string> Extras(IEnumerable<string> own, string listing)
    {
        var real = File.ReadLines(listing).ToHashSet(StringComparer.Ordinal);
        var realTypes = real.Where(line => line.StartsWith("T:", StringComparison.Ordinal)).ToDictionary(Head, StringComparer.Ordinal);
        return [.. own.Where(line => !real.Contains(line) && !IsPartOfType(line, realTypes))];
    }

    private static string Head(string line) => line[..line.IndexOf(" -> ", StringComparison.Ordinal)];

    private static bool IsPartOfType(string line, Dictionary<string, string> realTypes)
    {
        if (!line.StartsWith("T:", StringComparison.Ordinal) || !realTypes.TryGetValue(Head(line), out var real))
            return false;
        var (kind, bases) = Split(line);
        var (realKind, realBases) = Split(real);
        return kind == realKind && bases.All(realBases.Contains);

        static (string Kind, string[] Bases) Split(string line)
        {
            var parts = line[(Head(line).Length + " -> ".Length)..].Split(" : ", 2);
            return (parts[0], parts.Length < 2 ? [] : parts[1].Split(", ", StringSplitOptions.RemoveEmptyEntries));
        }
    }

    private static void Describe(Type t, SortedSet<string> lines)
    {
        var kind = t switch
        {
            { IsEnum: true } => "enum",
            { IsInterface: true } => "interface",
            _ when typeof(Delegate).IsAssignableFrom(t) => "delegate",
            { IsValueType: true } => "struct",
            { IsAbstract: true, IsSealed: true } => "static class",
            { IsAbstract: true } => "abstract class",
            { IsSealed: true } => "sealed class",
            _ => "class",
        };
        var hasBase = t.BaseType is { } b && b != typeof(object) && b != typeof(ValueType) && b != typeof(Enum) && b != typeof(MulticastDelegate);
        IEnumerable<string> bases = t.GetInterfaces().Where(i => i.IsPublic || i.IsNestedPublic).Select(Id).Order(StringComparer.Ordinal);
        lines.Add($"T:{Id(t)} -> {kind} : {string.Join(", ", hasBase ? bases.Prepend(Id(t.BaseType!)) : bases)}");
        if (kind == "delegate")
        {
            var invoke = t.GetMethod("Invoke")!;
            lines.Add($"D:{Id(t)} -> {Id(invoke.ReturnType)} | {Parameters(invoke)}");
            return;
        }

        DescribeMembers(t, lines);
    }

    private static void DescribeMembers(Type t, SortedSet<string> lines)
    {
        foreach (var f in t.GetFields(All).Where(f => (f.IsPublic || f.IsFamily || f.IsFamilyOrAssembly) && !f.IsSpecialName))
        {
            var constant = f.IsLiteral ? "const=" + Default(f.GetRawConstantValue()) : "";
            lines.Add($"F:{Id(t)}.{f.Name} -> {Id(f.FieldType)} | {constant} | {(f.IsStatic ? "static " : "")}{(f.IsFamily ? "protected" : "")}".TrimEnd());
        }

        foreach (var c in t.GetConstructors(All & ~BindingFlags.Static).Where(Visible))
            lines.Add($"M:{Id(t)}.#ctor{Types(c)} -> void | {Parameters(c)} | {Modifiers(c)}".TrimEnd());
        foreach (var m in t.GetMethods(All).Where(m => Visible(m) && (!m.IsSpecialName || m.Name.StartsWith("op_", StringComparison.Ordinal))))
        {
            var arity = m.IsGenericMethodDefinition ? "``" + m.GetGenericArguments().Length : "";
            lines.Add($"M:{Id(t)}.{m.Name}{arity}{Types(m)} -> {Id(m.ReturnType)} | {Parameters(m)} | {Modifiers(m)}".TrimEnd());
        }

        foreach (var p in t.GetProperties(All))
        {
            var get = p.GetMethod is { } g && Visible(g) ? "get " : "";
            var set = p.SetMethod is { } s && Visible(s)
                ? s.ReturnParameter.GetRequiredCustomModifiers().Any(x => x.Name == "IsExternalInit") ? "init " : "set " : "";
            var any = p.GetMethod ?? p.SetMethod!;
            if (get + set != "")
                lines.Add($"P:{Id(t)}.{p.Name}{(p.GetIndexParameters().Length > 0 ? Types(any) : "")} -> {Id(p.PropertyType)} | {(get + set).TrimEnd()} "
                    + $"| {Modifiers(any)}".TrimEnd());
        }

        foreach (var e in t.GetEvents(All).Where(e => e.AddMethod is { } add && Visible(add)))
            lines.Add($"E:{Id(t)}.{e.Name} -> {Id(e.EventHandlerType!)}");
    }

    private static bool Visible(MethodBase m) => m.IsPublic || m.IsFamily || m.IsFamilyOrAssembly;

    private static string Modifiers(MethodBase m) =>
        ((m.IsStatic ? "static " : "") + (m.IsPublic ? "" : "protected ")
            + (m.IsAbstract && !m.DeclaringType!.IsInterface ? "abstract " : m.IsVirtual && !m.IsFinal && !m.DeclaringType!.IsInterface ? "virtual "
                : "")).TrimEnd();

    // An indexer's index is its property's; a setter's last parameter is the value.
    private static string Types(MethodBase m)
    {
        var ps = m.GetParameters();
        return ps.Length == 0 ? "()" : "(" + string.Join(",", ps.Select(p => Id(p.ParameterType))) + ")";
    }

    private static string Parameters(MethodBase m) => "(" + string.Join(", ", m.GetParameters().Select(p =>
        (p.IsDefined(typeof(ParamArrayAttribute), false) ? "params " : p.IsOut ? "out " : p.ParameterType.IsByRef ? p.IsIn ? "in " : "ref " : "")
        + p.Name + (p.HasDefaultValue ? "=" + Default(p.RawDefaultValue) : p.IsOptional ? "=?" : ""))) + ")";

    private static string Default(object? v) => v switch
    {
        null => "null",
        string s => "\"" + s.Replace("\n", "\\n", StringComparison.Ordinal).Replace("\r", "\\r", StringComparison.Ordinal) + "\"",
        bool b => b ? "true" : "false",
        char c => "'" + (char.IsControl(c) ? "\\u" + ((int)c).ToString("x4", CultureInfo.InvariantCulture) : c.ToString()) + "'",
        IFormattable f => f.ToString(null, CultureInfo.InvariantCulture),
        _ => v.ToString() ?? "",
    };

    private static string Id(Type t)
    {
        if (t.IsByRef)
            return Id(t.GetElementType()!) + "@";
        if (t.IsPointer)
            return Id(t.GetElementType()!) + "*";
        if (t.IsArray)
            return Id(t.GetElementType()!) + "[" + new string(',', t.GetArrayRank() - 1) + "]";
        if (t.IsGenericParameter)
            return (t.DeclaringMethod is null ? "`" : "``") + t.GenericParameterPosition;
        var name = t.IsGenericType ? t.GetGenericTypeDefinition().FullName! : t.FullName ?? t.Name;
        StringBuilder id = new(name.Replace('+', '.'));
        if (t.IsGenericType && !t.IsGenericTypeDefinition)
            id.Append('{').Append(string.Join(",", t.GetGenericArguments().Select(Id))).Append('}');
        return id.ToString();
    }
}
