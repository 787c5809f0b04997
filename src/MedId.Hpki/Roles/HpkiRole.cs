using MedId.Pki;

namespace MedId.Hpki;

/// <summary>A role that a certificate names, with what the role table says of it. Only <see cref="RoleTable"/> makes one.</summary>
public sealed class HpkiRole
{
    internal HpkiRole(HcActor actor, RoleRow? row, bool isGranted)
    {
        Actor = actor;
        Row = row;
        IsGranted = isGranted;
    }

    /// <summary>What the certificate says.</summary>
    public HcActor Actor { get; }

    /// <summary>The row of the table; null when scheme or text is not in it.</summary>
    public RoleRow? Row { get; }

    /// <summary>The text of the certificate.</summary>
    public string Code => Actor.Text;

    /// <summary>The coding scheme of the certificate.</summary>
    public string Scheme => Actor.CodingScheme;

    /// <summary>The kind; unknown when there is no row.</summary>
    public HpkiRoleKind Kind => Row?.Kind ?? HpkiRoleKind.Unknown;

    /// <summary>How sure the row is; null when there is none.</summary>
    public TrustDataStatus? Status => Row?.Status;

    /// <summary>Its name in Japanese; null when there is no row.</summary>
    public string? Japanese => Row?.Japanese;

    /// <summary>Whether the row is verified, or confirmed by the operator, and in its time. Only then may anything depend on the role.</summary>
    public bool IsGranted { get; }

    /// <summary>Whether the person has this national qualification.</summary>
    /// <param name="id">The row, e.g. <see cref="RoleIds.Physician"/>. An administrator's row is never a qualification.</param>
    public bool IsQualification(string id) => IsGranted && Kind == HpkiRoleKind.Qualification && string.Equals(Row!.Id, id, StringComparison.Ordinal);

    /// <summary>Whether the person has any national qualification by this role.</summary>
    public bool IsAnyQualification => IsGranted && Kind == HpkiRoleKind.Qualification;

    /// <summary>The row's short name, or that there is none; not the text, which a stranger may have written.</summary>
    public override string ToString() => Row is null ? "unknown role" : $"{Row.Id} ({Row.Status})";
}
