namespace MedId.Consent;

/// <summary>An organisation that takes part. At least one of <see cref="Id"/> and <see cref="Name"/> is there.</summary>
public sealed record ArtefactParty
{
    /// <summary>The identifier: a URI, an identifier at the manager, a reference to an Organization.</summary>
    public string? Id { get; init; }

    /// <summary>The kind of identifier (MeitY <c>type</c>).</summary>
    public string? IdType { get; init; }

    /// <summary>The name.</summary>
    public string? Name { get; init; }

    /// <summary>Its role in law: controller, processor, joint controller.</summary>
    public string? Role { get; init; }

    /// <summary>Whether it acts on behalf of another one (Kantara onBehalf).</summary>
    public bool? OnBehalf { get; init; }

    /// <summary>Postal address, in the format's own form: text, or JSON text of an object.</summary>
    public string? Address { get; init; }

    /// <summary>Whom to ask.</summary>
    public string? Contact { get; init; }

    /// <summary>Mail address.</summary>
    public string? Email { get; init; }

    /// <summary>Telephone number.</summary>
    public string? Phone { get; init; }

    /// <summary>Web address.</summary>
    public string? Url { get; init; }

    /// <summary>Where it is told of revocation.</summary>
    public ArtefactList<ArtefactAddress> Notify { get; init; } = [];
}
