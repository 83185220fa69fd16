// publicize IN.dll OUT.dll
// Writes a copy of an assembly whose internal types and members are public. Only flag bits in the metadata tables change, so that tokens, signatures
// and identity stay; the copy is for the compiler alone, never for running. Private members stay private. 'protected internal' ones stay too: a derived
// class sees them already, and making them public would change how they have to be overridden.
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

if (args.Length != 2)
{
    Console.Error.WriteLine("publicize: usage: publicize IN.dll OUT.dll");
    return 2;
}

try
{
    byte[] image = File.ReadAllBytes(args[0]);
    Publicize(image);
    string target = Path.GetFullPath(args[1]);
    Directory.CreateDirectory(Path.GetDirectoryName(target)!);
    // Written beside and moved, so that a build running at the same time never reads half a file.
    string partial = $"{target}.{Environment.ProcessId}.tmp";
    File.WriteAllBytes(partial, image);
    File.Move(partial, target, overwrite: true);
    return 0;
}
catch (Exception e) when (e is IOException or UnauthorizedAccessException or BadImageFormatException)
{
    Console.Error.WriteLine($"publicize: error: {args[0]} -> {args[1]}: {e.Message}");
    return 1;
}

static void Publicize(byte[] image)
{
    using var pe = new PEReader(new MemoryStream(image, writable: false));
    MetadataReader metadata = pe.GetMetadataReader();
    int start = pe.PEHeaders.MetadataStartOffset;

    // ECMA-335 II.22.37: a TypeDef row starts with its flags (4 bytes; the visibility is in the lowest).
    foreach (TypeDefinitionHandle handle in metadata.TypeDefinitions)
    {
        TypeAttributes visibility = metadata.GetTypeDefinition(handle).Attributes & TypeAttributes.VisibilityMask;
        TypeAttributes wanted = visibility switch
        {
            TypeAttributes.NotPublic => TypeAttributes.Public,
            TypeAttributes.NestedAssembly or TypeAttributes.NestedFamANDAssem or TypeAttributes.NestedFamORAssem => TypeAttributes.NestedPublic,
            _ => visibility,
        };
        Patch(Row(TableIndex.TypeDef, handle), (byte)TypeAttributes.VisibilityMask, (byte)wanted);
    }

    // II.22.15: a Field row starts with its flags.
    foreach (FieldDefinitionHandle handle in metadata.FieldDefinitions)
    {
        if ((metadata.GetFieldDefinition(handle).Attributes & FieldAttributes.FieldAccessMask) is FieldAttributes.Assembly or FieldAttributes.FamANDAssem)
        {
            Patch(Row(TableIndex.Field, handle), (byte)FieldAttributes.FieldAccessMask, (byte)FieldAttributes.Public);
        }
    }

    // II.22.26: a MethodDef row is RVA (4 bytes), implementation flags (2), flags (2). Accessors make properties and events public.
    foreach (MethodDefinitionHandle handle in metadata.MethodDefinitions)
    {
        if ((metadata.GetMethodDefinition(handle).Attributes & MethodAttributes.MemberAccessMask) is MethodAttributes.Assembly or MethodAttributes.FamANDAssem)
        {
            Patch(Row(TableIndex.MethodDef, handle) + 6, (byte)MethodAttributes.MemberAccessMask, (byte)MethodAttributes.Public);
        }
    }

    int Row(TableIndex table, EntityHandle handle) =>
        start + metadata.GetTableMetadataOffset(table) + ((MetadataTokens.GetRowNumber(handle) - 1) * metadata.GetTableRowSize(table));

    void Patch(int offset, byte mask, byte value) => image[offset] = (byte)((image[offset] & ~mask) | value);
}
