namespace MedId.Benchmarks;

/// <summary>A set of benchmarks that can show that it measures what it says.</summary>
internal interface IChecked
{
    /// <summary>Holds results against what they have to be, and wrong inputs against their refusal; throws when one differs.</summary>
    Task CheckAsync();
}
