namespace MedId.Jpki.Certificates;

/// <summary>Whether a certificate may be used for a procedure.</summary>
public enum ProcedureAnswer
{
    /// <summary>No row says so: not known, so not allowed.</summary>
    Unknown = 0,

    /// <summary>It may.</summary>
    Yes = 1,

    /// <summary>It may not.</summary>
    No = 2,

    /// <summary>It depends on the procedure's own conditions.</summary>
    Limited = 3,

    /// <summary>The question does not arise.</summary>
    NotApplicable = 4,
}
