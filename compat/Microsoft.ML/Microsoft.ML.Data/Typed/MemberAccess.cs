using System.Reflection;
using System.Reflection.Emit;

namespace Microsoft.ML.Data;

/// <summary>Fast access to fields and properties, whatever their type.</summary>
internal static class MemberAccess
{
    internal static Func<TRow, TValue> Getter<TRow, TValue>(MemberInfo member)
        where TRow : class
    {
        if (member is PropertyInfo property)
        {
            return property.GetGetMethod().CreateDelegate<Func<TRow, TValue>>();
        }

        DynamicMethod method = new("Get" + member.Name, typeof(TValue), [typeof(TRow)], typeof(MemberAccess), skipVisibility: true);
        ILGenerator code = method.GetILGenerator();
        FieldInfo field = (FieldInfo)member;
        if (field.IsLiteral)
        {
            TValue constant = (TValue)field.GetRawConstantValue();
            return _ => constant;
        }

        code.Emit(OpCodes.Ldarg_0);
        code.Emit(OpCodes.Ldfld, field);
        code.Emit(OpCodes.Ret);
        return method.CreateDelegate<Func<TRow, TValue>>();
    }

    internal static Action<TRow, TValue> Setter<TRow, TValue>(MemberInfo member)
        where TRow : class
    {
        if (member is PropertyInfo property)
        {
            return property.GetSetMethod().CreateDelegate<Action<TRow, TValue>>();
        }

        DynamicMethod method = new("Set" + member.Name, typeof(void), [typeof(TRow), typeof(TValue)], typeof(MemberAccess), skipVisibility: true);
        ILGenerator code = method.GetILGenerator();
        code.Emit(OpCodes.Ldarg_0);
        code.Emit(OpCodes.Ldarg_1);
        code.Emit(OpCodes.Stfld, (FieldInfo)member);
        code.Emit(OpCodes.Ret);
        return method.CreateDelegate<Action<TRow, TValue>>();
    }
}
