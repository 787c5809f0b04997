using System.Reflection;
using System.Runtime.CompilerServices;

namespace MedId.House.Tests.Conventions;

public sealed class AsyncConventionTests
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static IEnumerable<MethodInfo> OwnMethods => Package.All
        .SelectMany(package => package.Types)
        .Where(type => !typeof(Delegate).IsAssignableFrom(type))
        .SelectMany(type => type.GetMethods(Declared))
        .Where(method => !method.IsSpecialName && !method.Name.Contains('<', StringComparison.Ordinal) && !method.Name.Contains('.', StringComparison.Ordinal))
        .Where(method => !IsNamedElsewhere(method));

    [Fact]
    public void Methods_AreThere() => Assert.Contains(OwnMethods, method => IsAwaitable(method.ReturnType));

    [Fact]
    public void AwaitableMethods_EndInAsync() => Complaints.None(OwnMethods
        .Where(method => IsAwaitable(method.ReturnType) && !method.Name.EndsWith("Async", StringComparison.Ordinal))
        .Select(Describe));

    [Fact]
    public void MethodsNamedAsync_AreAwaitable() => Complaints.None(OwnMethods
        .Where(method => method.Name.EndsWith("Async", StringComparison.Ordinal) && !IsAwaitable(method.ReturnType))
        .Select(Describe));

    [Fact]
    public void PublicAwaitableMethods_TakeTheTokenLast() => Complaints.None(OwnMethods
        .Where(method => IsAwaitable(method.ReturnType) && method.DeclaringType!.IsVisible && (method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly))
        .Where(method => method.GetParameters().LastOrDefault()?.ParameterType != typeof(CancellationToken) && !HasContext(method))
        .Select(Describe));

    // Names and parameters of what we override or implement were chosen by somebody else.
    private static bool IsNamedElsewhere(MethodInfo method)
    {
        if (method.GetBaseDefinition().DeclaringType != method.DeclaringType)
        {
            return true;
        }

        var type = method.DeclaringType!;
        return !type.IsInterface && type.GetInterfaces()
            .Where(contract => contract.Assembly.GetName().Name?.StartsWith("MedId.", StringComparison.Ordinal) == false)
            .SelectMany(contract => type.GetInterfaceMap(contract).TargetMethods)
            .Contains(method);
    }

    // An HttpContext brings its own token: RequestAborted.
    private static bool HasContext(MethodInfo method) => method.GetParameters().Any(parameter => parameter.ParameterType.Name == "HttpContext");

    private static bool IsAwaitable(Type type) => type.GetMethod(nameof(Task.GetAwaiter)) is not null || type.Name.StartsWith("IAsyncEnumerable", StringComparison.Ordinal)
        || type.GetCustomAttribute<AsyncMethodBuilderAttribute>() is not null;

    private static string Describe(MethodInfo method) => $"{method.DeclaringType!.FullName}.{method.Name}";
}
