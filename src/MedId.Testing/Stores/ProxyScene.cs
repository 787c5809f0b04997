using MedId.Ciba.Server;
using MedId.Core;
using MedId.Provider;

namespace MedId.Testing;

/// <summary>Synthetic records of two people, of whom one may consent for the other.</summary>
internal sealed class ProxyScene(IProviderStore store)
{
    /// <summary>The end of relations made here.</summary>
    public static readonly DateTimeOffset End = StoreScene.Now.AddHours(1);

    public IProviderStore Store => store;

    public StoreScene Patient { get; init; } = new(store);

    public StoreScene Proxy { get; init; } = new(store);

    public TenantId Tenant => Patient.Tenant;

    public string RelationId { get; init; } = StoreScene.NewId("relation");

    public string Refresh { get; } = StoreScene.NewId("refresh");

    public ProxyState State { get; init; } = ProxyState.Active;

    public DateTimeOffset From { get; init; } = StoreScene.Now.AddHours(-1);

    public DateTimeOffset Until { get; init; } = End;

    public DateTimeOffset? ComesOfAgeAt { get; init; }

    public IReadOnlyList<string> Scopes { get; init; } = ["patient/*.rs"];

    public ProxyRelation Relation() => new()
    {
        Tenant = Tenant,
        Id = RelationId,
        Patient = Patient.AccountId,
        Proxy = Proxy.AccountId,
        Relationship = ProxyRelationship.Parent,
        PatientName = "合成 花子",
        ProxyName = "合成 太郎",
        Evidence = [new("family-register", "合成市", "c3ludGhldGlj")],
        LegalBasis = "parental-authority",
        Scopes = Scopes,
        Purposes = ["TREAT"],
        ValidFrom = From,
        ValidUntil = Until,
        ConsentsAloneAt = ComesOfAgeAt,
        ComesOfAgeAt = ComesOfAgeAt,
        RegisteredBy = LifeCycleActor.Clerk("clerk-1", "synthetic-1"),
        RegisteredAt = StoreScene.Now.AddHours(-1),
        State = State,
    };

    /// <summary>An event; an appointment with the person's consent and device.</summary>
    public ProxyChange Change(ProxyEvent happened) => new()
    {
        Tenant = Tenant,
        RelationId = RelationId,
        Event = happened,
        Actor = LifeCycleActor.Person(null),
        At = StoreScene.Now.AddMinutes(1),
        Appointment = happened == ProxyEvent.Appoint ? new(Patient.Consent().Notice, Patient.Consent().Act) : null,
        Device = happened == ProxyEvent.Appoint ? new() { AccountId = Patient.AccountId, Model = StoreScene.Model, KeyId = Patient.KeyId, ExpectedCounter = 10, NextCounter = 11 } : null,
    };

    /// <summary>The person's request, approved by the proxy.</summary>
    public Approval Approval(params string[] granted)
    {
        var own = Patient.Approval(granted);
        return own with
        {
            Consent = own.Consent with
            {
                Proxy = new()
                {
                    RelationId = RelationId,
                    Subject = Proxy.AccountId,
                    Name = "合成 太郎",
                    Relationship = ProxyRelationship.Parent,
                    LegalBasis = "parental-authority",
                    PatientName = "合成 花子",
                },
            },
            Device = own.Device! with { AccountId = Proxy.AccountId, KeyId = Proxy.KeyId },
        };
    }

    /// <summary>The same two with another request and consent to come.</summary>
    public ProxyScene Again() => new(store) { Patient = Patient.Again(), Proxy = Proxy, RelationId = RelationId };

    /// <summary>Two active accounts with a device each.</summary>
    public async Task<ProxyScene> EnrolledAsync()
    {
        await Patient.EnrolledAsync().ConfigureAwait(false);
        await Proxy.EnrolledAsync().ConfigureAwait(false);
        return this;
    }

    /// <summary>And a relation.</summary>
    public async Task<ProxyScene> RegisteredAsync()
    {
        await EnrolledAsync().ConfigureAwait(false);
        Expect.True((await store.AddProxyRelationAsync(Relation()).ConfigureAwait(false)).Succeeded, "relation");
        return this;
    }

    /// <summary>And a pending request of the person's.</summary>
    public async Task<ProxyScene> PendingAsync()
    {
        await RegisteredAsync().ConfigureAwait(false);
        Expect.Equal(CibaAddOutcome.Added, await store.AddRequestAsync(Patient.Request(), 8).ConfigureAwait(false), "request");
        return this;
    }

    /// <summary>And the proxy approved it.</summary>
    public async Task<ProxyScene> ApprovedAsync()
    {
        await PendingAsync().ConfigureAwait(false);
        Expect.Equal(ApprovalOutcome.Approved, await store.TryApproveAsync(Approval()).ConfigureAwait(false), "approval");
        return this;
    }

    /// <summary>And it was redeemed with a first refresh token.</summary>
    public async Task<ProxyScene> RedeemedAsync()
    {
        await ApprovedAsync().ConfigureAwait(false);
        Expect.True(await store.TryRedeemRequestAsync(Tenant, Patient.RequestId, Patient.RefreshToken(Refresh, Refresh), StoreScene.Now.AddMinutes(1)).ConfigureAwait(false), "redemption");
        return this;
    }

    public async Task<ProxyState?> StateAsync() => (await store.FindProxyRelationAsync(Tenant, RelationId).ConfigureAwait(false))?.State;
}
