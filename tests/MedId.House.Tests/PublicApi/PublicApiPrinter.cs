using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace MedId.House.Tests.PublicApi;

/// <summary>Writes what an assembly shows to the outside, one member a line, always in the same order.</summary>
internal static class PublicApiPrinter
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static string Print(Assembly assembly) => Print(assembly.GetExportedTypes());

    public static string Print(IEnumerable<Type> types)
    {
        var text = new StringBuilder();
        foreach (var (header, type) in types.Select(type => (TypeNames.Of(type), type)).OrderBy(pair => pair.Item1, StringComparer.Ordinal))
        {
            text.Append(TypeLine(type, header)).Append('\n');
            foreach (var line in Members(type).Order(StringComparer.Ordinal))
            {
                text.Append("  ").Append(line).Append('\n');
            }
        }

        return text.ToString();
    }

    private static string TypeLine(Type type, string name)
    {
        if (typeof(Delegate).IsAssignableFrom(type))
        {
            var invoke = type.GetMethod("Invoke")!;
            return $"public delegate {Returned(invoke)} {name}({Parameters(invoke)}){Constraints(type.GetGenericArguments())}";
        }

        var record = type.GetMethod("<Clone>$", Declared) is not null || (type.IsValueType && type.GetMethod("PrintMembers", Declared) is not null);
        var kind = (type.IsInterface, type.IsEnum, type.IsValueType) switch
        {
            (true, _, _) => "interface",
            (_, true, _) => "enum",
            (_, _, true) => (IsReadOnly(type) ? "readonly " : string.Empty) + (type.IsByRefLike ? "ref " : string.Empty) + (record ? "record struct" : "struct"),
            _ => (type.IsAbstract && type.IsSealed ? "static " : type.IsAbstract ? "abstract " : type.IsSealed ? "sealed " : string.Empty) + (record ? "record" : "class"),
        };
        var bases = (type.BaseType is { } parent && parent != typeof(object) && !type.IsValueType ? [TypeNames.Of(parent)] : Array.Empty<string>())
            .Concat(type.IsEnum ? [TypeNames.Of(Enum.GetUnderlyingType(type))] : OwnInterfaces(type))
            .ToList();
        var access = type.IsNestedFamily || type.IsNestedFamORAssem ? "protected" : "public";
        return $"{access} {kind} {name}{(bases.Count > 0 ? " : " + string.Join(", ", bases) : string.Empty)}{Constraints(type.GetGenericArguments())}";
    }

    private static IEnumerable<string> OwnInterfaces(Type type) => type.GetInterfaces()
        .Where(contract => contract.IsVisible && type.BaseType?.GetInterfaces().Contains(contract) != true)
        .Select(contract => TypeNames.Of(contract))
        .Order(StringComparer.Ordinal);

    private static IEnumerable<string> Members(Type type)
    {
        if (typeof(Delegate).IsAssignableFrom(type))
        {
            return [];
        }

        if (type.IsEnum)
        {
            return Enum.GetNames(type).Select(name => $"{name} = {Convert.ToInt64(Enum.Parse(type, name), CultureInfo.InvariantCulture)}");
        }

        var nullability = new NullabilityInfoContext();
        var fields = type.GetFields(Declared).Where(field => Access(field) is not null).Select(field => Field(field, nullability));
        var constructors = type.GetConstructors(Declared).Where(member => Shown(member) && !member.IsStatic)
            .Select(member => $"{Access(member)} {type.Name.Split('`')[0]}({Parameters(member)})");
        var properties = type.GetProperties(Declared).Where(property => property.GetAccessors(nonPublic: true).Any(accessor => Access(accessor) is not null))
            .Where(property => property.Name != "EqualityContract").Select(property => Property(property, nullability));
        var events = type.GetEvents(Declared).Where(member => Access(member.AddMethod!) is not null)
            .Select(member => $"{Access(member.AddMethod!)} event {TypeNames.Of(member.EventHandlerType!)} {member.Name}");
        var methods = type.GetMethods(Declared).Where(method => Shown(method) && (!method.IsSpecialName || method.Name.StartsWith("op_", StringComparison.Ordinal)))
            .Select(method => $"{Access(method)} {Modifiers(method)}{Returned(method)} {method.Name}{Generic(method)}({Parameters(method)}){Constraints(method.IsGenericMethod ? method.GetGenericArguments() : [])}");
        return fields.Concat(constructors).Concat(properties).Concat(events).Concat(methods);
    }

    private static string Field(FieldInfo field, NullabilityInfoContext nullability)
    {
        var kind = field.IsLiteral ? "const " : (field.IsStatic ? "static " : string.Empty) + (field.IsInitOnly ? "readonly " : string.Empty);
        var value = field.IsLiteral ? " = " + Literal(field.GetRawConstantValue()) : string.Empty;
        return $"{Access(field)} {kind}{TypeNames.Of(field.FieldType, nullability.Create(field))} {field.Name}{value}";
    }

    private static string Property(PropertyInfo property, NullabilityInfoContext nullability)
    {
        var accessors = property.GetAccessors(nonPublic: true);
        var access = accessors.Any(accessor => accessor.IsPublic) ? "public" : accessors.Select(Access).First(found => found is not null)!;
        var required = property.GetCustomAttribute<RequiredMemberAttribute>() is null ? string.Empty : "required ";
        var index = property.GetIndexParameters() is { Length: > 0 } parameters ? $"[{string.Join(", ", parameters.Select(Parameter))}]" : string.Empty;
        var parts = new[] { Accessor(property.GetMethod, "get", access), Accessor(property.SetMethod, IsInit(property.SetMethod) ? "init" : "set", access) };
        return $"{access} {required}{Modifiers(accessors[0])}{TypeNames.Of(property.PropertyType, nullability.Create(property))} {property.Name}{index} {{ {string.Concat(parts)}}}";
    }

    private static string Accessor(MethodInfo? accessor, string word, string access) => (accessor is null ? null : Access(accessor)) switch
    {
        null => string.Empty,
        var own when own == access => word + "; ",
        var own => $"{own} {word}; ",
    };

    private static bool IsInit(MethodInfo? setter) =>
        setter?.ReturnParameter.GetRequiredCustomModifiers().Any(modifier => modifier.Name == "IsExternalInit") == true;

    private static bool IsReadOnly(Type type) => type.GetCustomAttributesData().Any(attribute => attribute.AttributeType.Name == "IsReadOnlyAttribute");

    // What the compiler adds to a record follows from its kind and its constructor.
    private static bool Shown(MethodBase method) => Access(method) is not null && method.GetCustomAttribute<CompilerGeneratedAttribute>() is null;

    private static string? Access(MethodBase method) => method.IsPublic ? "public" : method.IsFamily ? "protected" : method.IsFamilyOrAssembly ? "protected internal" : null;

    private static string? Access(FieldInfo field) =>
        field.IsSpecialName ? null : field.IsPublic ? "public" : field.IsFamily ? "protected" : field.IsFamilyOrAssembly ? "protected internal" : null;

    private static string Modifiers(MethodInfo method)
    {
        if (method.IsStatic)
        {
            return method.IsAbstract ? "static abstract " : "static ";
        }

        if (method.DeclaringType!.IsInterface || !method.IsVirtual)
        {
            return string.Empty;
        }

        var overrides = method.GetBaseDefinition() != method;
        return (overrides, method.IsAbstract, method.IsFinal) switch
        {
            (true, _, _) => "override ",
            (_, true, _) => "abstract ",
            (_, _, true) => string.Empty,
            _ => "virtual ",
        };
    }

    private static string Returned(MethodInfo method) =>
        (method.ReturnType.IsByRef ? "ref " : string.Empty) + TypeNames.Of(method.ReturnType, new NullabilityInfoContext().Create(method.ReturnParameter));

    private static string Generic(MethodInfo method) =>
        method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(argument => argument.Name))}>" : string.Empty;

    private static string Parameters(MethodBase method)
    {
        var first = method.IsDefined(typeof(ExtensionAttribute), inherit: false) ? "this " : string.Empty;
        return first + string.Join(", ", method.GetParameters().Select(Parameter));
    }

    private static string Parameter(ParameterInfo parameter)
    {
        var way = parameter.ParameterType.IsByRef ? (parameter.IsOut ? "out " : parameter.IsIn ? "in " : "ref ") : string.Empty;
        var many = parameter.GetCustomAttribute<ParamArrayAttribute>() is null && parameter.GetCustomAttribute<ParamCollectionAttribute>() is null ? string.Empty : "params ";
        var value = parameter.HasDefaultValue ? " = " + Literal(parameter.RawDefaultValue) : string.Empty;
        return $"{many}{way}{TypeNames.Of(parameter.ParameterType, new NullabilityInfoContext().Create(parameter))} {parameter.Name}{Default(parameter, value)}";
    }

    // The default of a value type has no constant: it is written as "default", as in the source.
    private static string Default(ParameterInfo parameter, string value) =>
        value == " = null" && parameter.ParameterType.IsValueType && Nullable.GetUnderlyingType(parameter.ParameterType) is null ? " = default" : value;

    private static string Literal(object? value) => value switch
    {
        null => "null",
        string text => "\"" + text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).ReplaceLineEndings("\\n") + "\"",
        bool truth => truth ? "true" : "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static string Constraints(IEnumerable<Type> arguments) => string.Concat(arguments.Select(argument =>
    {
        var special = argument.GenericParameterAttributes;
        var words = new List<string>();
        if (special.HasFlag(GenericParameterAttributes.NotNullableValueTypeConstraint))
        {
            words.Add("struct");
        }
        else if (special.HasFlag(GenericParameterAttributes.ReferenceTypeConstraint))
        {
            words.Add("class");
        }
        else if (NullableFlag(argument) == 1)
        {
            words.Add("notnull");
        }

        words.AddRange(argument.GetGenericParameterConstraints().Where(type => type != typeof(ValueType)).Select(type => TypeNames.Of(type)));
        if (special.HasFlag(GenericParameterAttributes.DefaultConstructorConstraint) && !special.HasFlag(GenericParameterAttributes.NotNullableValueTypeConstraint))
        {
            words.Add("new()");
        }

        return words.Count == 0 ? string.Empty : $"\n    where {argument.Name} : {string.Join(", ", words)}";
    }));

    // An attribute that equals the one of the surrounding method or type is left out by the compiler.
    private static byte NullableFlag(Type argument)
    {
        IEnumerable<MemberInfo?> around = [argument, argument.DeclaringMethod, argument.DeclaringType, argument.DeclaringType?.DeclaringType];
        return around.OfType<MemberInfo>()
            .SelectMany(member => member.GetCustomAttributesData())
            .Where(attribute => attribute.AttributeType.Name is "NullableAttribute" or "NullableContextAttribute")
            .Select(attribute => attribute.ConstructorArguments is [{ Value: byte flag }] ? flag : (byte)0)
            .FirstOrDefault();
    }
}
