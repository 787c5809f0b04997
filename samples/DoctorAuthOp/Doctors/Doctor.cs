namespace MedId.Samples.DoctorAuthOp;

/// <summary>A synthetic practitioner of the sample.</summary>
internal sealed record Doctor
{
    public required string Username { get; init; }

    /// <summary>See <see cref="PasswordHash"/>.</summary>
    public required string Password { get; init; }

    /// <summary>The subject identifier at this OP.</summary>
    public required string Subject { get; init; }

    public required string Name { get; init; }

    public required string Organization { get; init; }

    public required string OrganizationId { get; init; }

    public required CodedRole Role { get; init; }

    public override string ToString() => Subject;
}
