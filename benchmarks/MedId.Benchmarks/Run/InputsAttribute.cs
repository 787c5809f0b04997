namespace MedId.Benchmarks;

/// <summary>How many inputs a set takes in turn where <see cref="Rotation.Inputs"/> are too many: a single one of them is megabytes.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class InputsAttribute(int count) : Attribute
{
    /// <summary>The inputs.</summary>
    public int Count { get; } = count;
}
