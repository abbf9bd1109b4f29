using System.Collections.Immutable;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace ScenarioHub.Tests.House;

/// <summary>A top-level type of the product with what it and the types nested in it (closures, state machines) name.</summary>
internal sealed class CompiledType(string ns, string name)
{
    public string Namespace { get; } = ns;
    public string Name { get; } = name;
    public string FullName => $"{Namespace}.{Name}";
    /// <summary>Source files from the root, forward slashes; none for a type without code.</summary>
    public SortedSet<string> Files { get; } = new(StringComparer.Ordinal);
    /// <summary>Full names of top-level types named in signatures, bases, attributes and method bodies.</summary>
    public SortedSet<string> Types { get; } = new(StringComparer.Ordinal);
    /// <summary>Members used in method bodies: <c>System.DateTime.get_UtcNow</c>.</summary>
    public SortedSet<string> Members { get; } = new(StringComparer.Ordinal);
    public List<(string Text, string Method, string? File)> Strings { get; } = [];
    public List<string> AsyncVoids { get; } = [];

    /// <summary>The X of <c>ScenarioHub.Features.X</c>; null elsewhere.</summary>
    public string? Feature => CompiledCode.FeatureOf(FullName);
}

/// <summary>The product as it was compiled, read with its symbols: sees what a text search cannot (inferred types, implicit usings, lambdas).</summary>
internal static class CompiledCode
{
    private const string FeatureRoot = "ScenarioHub.Features.";

    public static IReadOnlyList<CompiledType> Types { get; } = Read();

    public static string? FeatureOf(string fullName) =>
        fullName.StartsWith(FeatureRoot, StringComparison.Ordinal) ? fullName[FeatureRoot.Length..].Split('.')[0] : null;

    private static List<CompiledType> Read()
    {
        using var reader = new Reader();
        return reader.Read();
    }

    private sealed class Reader : ISignatureTypeProvider<string, object?>, IDisposable
    {
        private static readonly OpCode[] OneByte = new OpCode[256], TwoBytes = new OpCode[256];
        private readonly PEReader _file;
        private readonly MetadataReader _metadata, _symbols;
        private CompiledType _current = new("", "");

        static Reader()
        {
            foreach (var field in typeof(OpCodes).GetFields())
                if (field.GetValue(null) is OpCode code) (code.Size == 1 ? OneByte : TwoBytes)[code.Value & 0xff] = code;
        }

        public Reader()
        {
            var path = typeof(Program).Assembly.Location;
            _file = new PEReader(ImmutableArray.Create(File.ReadAllBytes(path)));
            _metadata = _file.GetMetadataReader();
            _symbols = MetadataReaderProvider.FromPortablePdbImage(ImmutableArray.Create(File.ReadAllBytes(Path.ChangeExtension(path, ".pdb")))).GetMetadataReader();
        }

        public void Dispose() => _file.Dispose();

        public List<CompiledType> Read()
        {
            var found = new Dictionary<string, CompiledType>();
            var ownerOf = new Dictionary<EntityHandle, CompiledType>();
            foreach (var handle in _metadata.TypeDefinitions)
            {
                var (ns, name) = Outermost(handle);
                if (!found.TryGetValue($"{ns}.{name}", out _current!)) found.Add($"{ns}.{name}", _current = new CompiledType(ns, name));
                Type(handle, ownerOf);
            }
            foreach (var attribute in _metadata.CustomAttributes.Select(_metadata.GetCustomAttribute))
                if (ownerOf.TryGetValue(attribute.Parent, out _current!)) Member(attribute.Constructor);
            // The regular expression and OpenAPI generators put types of their own into the assembly.
            return [.. found.Values.Where(t => t.Namespace == "ScenarioHub" || t.Namespace.StartsWith("ScenarioHub.", StringComparison.Ordinal)
                                               || t is { Namespace: "", Name: nameof(Program) })];
        }

        private void Type(TypeDefinitionHandle handle, Dictionary<EntityHandle, CompiledType> ownerOf)
        {
            var type = _metadata.GetTypeDefinition(handle);
            ownerOf[handle] = _current;
            Named(type.BaseType);
            foreach (var implemented in type.GetInterfaceImplementations()) Named(_metadata.GetInterfaceImplementation(implemented).Interface);
            Constraints(type.GetGenericParameters());
            foreach (var field in type.GetFields())
            {
                ownerOf[field] = _current;
                var definition = _metadata.GetFieldDefinition(field);
                definition.DecodeSignature(this, null);
                if (definition.GetDefaultValue() is { IsNil: false } constant && _metadata.GetConstant(constant) is { TypeCode: ConstantTypeCode.String } text)
                    _current.Strings.Add(((string)_metadata.GetBlobReader(text.Value).ReadConstant(ConstantTypeCode.String)!, _metadata.GetString(definition.Name), null));
            }
            foreach (var property in type.GetProperties()) ownerOf[property] = _current;
            foreach (var method in type.GetMethods()) Method(method, ownerOf);
        }

        private void Method(MethodDefinitionHandle handle, Dictionary<EntityHandle, CompiledType> ownerOf)
        {
            ownerOf[handle] = _current;
            var method = _metadata.GetMethodDefinition(handle);
            var name = _metadata.GetString(method.Name);
            foreach (var parameter in method.GetParameters()) ownerOf[parameter] = _current;
            Constraints(method.GetGenericParameters());
            if (method.DecodeSignature(this, null).ReturnType == "System.Void"
                && method.GetCustomAttributes().Any(a => MemberName(_metadata.GetCustomAttribute(a).Constructor).StartsWith("System.Runtime.CompilerServices.AsyncStateMachineAttribute.", StringComparison.Ordinal)))
                _current.AsyncVoids.Add(name);
            var source = Source(handle);
            if (source is not null) _current.Files.Add(source);
            if (method.RelativeVirtualAddress == 0) return;
            var body = _file.GetMethodBody(method.RelativeVirtualAddress);
            if (!body.LocalSignature.IsNil) _metadata.GetStandaloneSignature(body.LocalSignature).DecodeLocalSignature(this, null);
            foreach (var region in body.ExceptionRegions) Named(region.CatchType);
            Instructions(body.GetILReader(), name, source);
        }

        private void Instructions(BlobReader il, string method, string? source)
        {
            while (il.RemainingBytes > 0)
            {
                var first = il.ReadByte();
                var code = first == 0xfe ? TwoBytes[il.ReadByte()] : OneByte[first];
                switch (code.OperandType)
                {
                    case OperandType.InlineNone: break;
                    case OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar: il.Offset += 1; break;
                    case OperandType.InlineVar: il.Offset += 2; break;
                    case OperandType.InlineI8 or OperandType.InlineR: il.Offset += 8; break;
                    case OperandType.InlineSwitch: var branches = il.ReadInt32(); il.Offset += 4 * branches; break;
                    case OperandType.InlineString: _current.Strings.Add((_metadata.GetUserString((UserStringHandle)MetadataTokens.Handle(il.ReadInt32())), method, source)); break;
                    case OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok or OperandType.InlineType: Token((EntityHandle)MetadataTokens.Handle(il.ReadInt32())); break;
                    default: il.Offset += 4; break;
                }
            }
        }

        private void Token(EntityHandle handle)
        {
            if (handle.Kind is HandleKind.TypeDefinition or HandleKind.TypeReference or HandleKind.TypeSpecification) Named(handle);
            else Member(handle);
        }

        private void Member(EntityHandle handle)
        {
            _current.Members.Add(MemberName(handle));
            switch (handle.Kind)
            {
                case HandleKind.MethodSpecification:
                    var instance = _metadata.GetMethodSpecification((MethodSpecificationHandle)handle);
                    instance.DecodeSignature(this, null);
                    Member(instance.Method);
                    break;
                case HandleKind.MemberReference:
                    var reference = _metadata.GetMemberReference((MemberReferenceHandle)handle);
                    if (reference.GetKind() == MemberReferenceKind.Method) reference.DecodeMethodSignature(this, null);
                    else reference.DecodeFieldSignature(this, null);
                    break;
            }
        }

        private string MemberName(EntityHandle handle) => handle.Kind switch
        {
            HandleKind.MethodSpecification => MemberName(_metadata.GetMethodSpecification((MethodSpecificationHandle)handle).Method),
            HandleKind.MethodDefinition when _metadata.GetMethodDefinition((MethodDefinitionHandle)handle) is var m => $"{Named(m.GetDeclaringType())}.{_metadata.GetString(m.Name)}",
            HandleKind.FieldDefinition when _metadata.GetFieldDefinition((FieldDefinitionHandle)handle) is var f => $"{Named(f.GetDeclaringType())}.{_metadata.GetString(f.Name)}",
            HandleKind.MemberReference when _metadata.GetMemberReference((MemberReferenceHandle)handle) is var r => $"{Named(r.Parent)}.{_metadata.GetString(r.Name)}",
            _ => throw new NotSupportedException($"A {handle.Kind} is no member.")
        };

        private void Constraints(GenericParameterHandleCollection parameters)
        {
            foreach (var parameter in parameters)
                foreach (var constraint in _metadata.GetGenericParameter(parameter).GetConstraints())
                    Named(_metadata.GetGenericParameterConstraint(constraint).Type);
        }

        private string Named(EntityHandle handle) => handle.IsNil ? "" : handle.Kind switch
        {
            HandleKind.TypeDefinition => GetTypeFromDefinition(_metadata, (TypeDefinitionHandle)handle, 0),
            HandleKind.TypeReference => GetTypeFromReference(_metadata, (TypeReferenceHandle)handle, 0),
            HandleKind.TypeSpecification => GetTypeFromSpecification(_metadata, null, (TypeSpecificationHandle)handle, 0),
            _ => ""
        };

        private string Adds(string name) { _current.Types.Add(name); return name; }

        private (string Namespace, string Name) Outermost(TypeDefinitionHandle handle)
        {
            var type = _metadata.GetTypeDefinition(handle);
            while (type.GetDeclaringType() is { IsNil: false } outer) type = _metadata.GetTypeDefinition(outer);
            return (_metadata.GetString(type.Namespace), _metadata.GetString(type.Name));
        }

        private string? Source(MethodDefinitionHandle method)
        {
            var debug = _symbols.GetMethodDebugInformation(method.ToDebugInformationHandle());
            var document = debug.Document.IsNil ? debug.GetSequencePoints().Select(p => p.Document).FirstOrDefault() : debug.Document;
            if (document.IsNil) return null;
            var path = _symbols.GetString(_symbols.GetDocument(document).Name).Replace('\\', '/');
            var at = path.LastIndexOf("/src/ScenarioHub/", StringComparison.Ordinal);
            return at < 0 || path.Contains("/obj/", StringComparison.Ordinal) ? null : path[(at + 1)..];
        }

        public string GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind)
        {
            var (ns, name) = Outermost(handle);
            return Adds($"{ns}.{name}");
        }

        public string GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind)
        {
            var type = _metadata.GetTypeReference(handle);
            while (type.ResolutionScope.Kind == HandleKind.TypeReference) type = _metadata.GetTypeReference((TypeReferenceHandle)type.ResolutionScope);
            return Adds($"{_metadata.GetString(type.Namespace)}.{_metadata.GetString(type.Name)}");
        }

        public string GetTypeFromSpecification(MetadataReader reader, object? context, TypeSpecificationHandle handle, byte rawTypeKind) =>
            _metadata.GetTypeSpecification(handle).DecodeSignature(this, context);

        public string GetFunctionPointerType(MethodSignature<string> signature) => "";
        public string GetGenericInstantiation(string genericType, ImmutableArray<string> typeArguments) => genericType;
        public string GetGenericMethodParameter(object? context, int index) => "";
        public string GetGenericTypeParameter(object? context, int index) => "";
        public string GetModifiedType(string modifier, string unmodifiedType, bool isRequired) => unmodifiedType;
        public string GetArrayType(string elementType, ArrayShape shape) => elementType;
        public string GetByReferenceType(string elementType) => elementType;
        public string GetPinnedType(string elementType) => elementType;
        public string GetPointerType(string elementType) => elementType;
        public string GetSZArrayType(string elementType) => elementType;
        public string GetPrimitiveType(PrimitiveTypeCode typeCode) => "System." + typeCode;
    }
}
