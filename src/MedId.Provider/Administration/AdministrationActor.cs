namespace MedId.Provider;

/// <summary>Who acts: an operator, through an administration client. Authenticated by whoever makes it.</summary>
/// <param name="ClientId">The client.</param>
/// <param name="OperatorId">The operator.</param>
public sealed record AdministrationActor(string ClientId, string OperatorId)
{
    /// <summary>The OP itself, where it acts by its own rules (rotation by age).</summary>
    public static AdministrationActor Op { get; } = new(string.Empty, string.Empty);

    /// <summary>Who took part, as the audit trail names them: the operator first.</summary>
    public IReadOnlyList<AuditAgent> Agents => ReferenceEquals(this, Op) ? [AuditAgent.Op] : [AuditAgent.Administrator(OperatorId), AuditAgent.Client(ClientId)];

    /// <summary>The same for the life cycle of devices and accounts.</summary>
    public LifeCycleActor LifeCycle => ReferenceEquals(this, Op) ? LifeCycleActor.Op : LifeCycleActor.Administrator(OperatorId);

    /// <summary>The client only.</summary>
    public override string ToString() => ClientId;
}
