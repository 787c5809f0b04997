namespace MedId.Fido.Uaf;

/// <summary>The operation of a UAF message (<c>op</c>). UAF 1.1 protocol §3.1.</summary>
public enum UafOperation
{
    /// <summary><c>Reg</c>: a new key.</summary>
    Registration,

    /// <summary><c>Auth</c>: proof of a registered key, with or without a transaction.</summary>
    Authentication,

    /// <summary><c>Dereg</c>: the authenticator may forget keys. There is no response.</summary>
    Deregistration,
}
