using MedId.Ciba.Server;
using MedId.Core;
using MedId.Testing;

namespace MedId.Provider.Tests;

/// <summary>A person with up to two phones whose channel does what a test says, a party that is told of endings, and one node that works the outbox.</summary>
internal sealed class OutboxScene : IDeviceNotifier, IConsentEndedObserver, IOutboxObserver
{
    public const string OldAddress = "http://127.0.0.1:5999/old-phone-of-the-marked-person";
    public const string NewAddress = "http://127.0.0.1:5999/new-phone-of-the-marked-person";

    private OutboxScene(ProviderWorld world)
    {
        World = world;
        Opener = new(world.Store, world.Options, world, this, world.Time);
        Reach = new(world.Store, this, [this], world.Time, world.Options);
    }

    public ProviderWorld World { get; }

    public AccessRequestOpener Opener { get; }

    public WithdrawalReach Reach { get; }

    public List<DeviceAnnouncement> Sent { get; } = [];

    public IEnumerable<string> Addresses => Sent.Select(one => one.PushAddress);

    public List<ConsentEnded> Told { get; } = [];

    public List<(string Kind, string Code)> GivenUp { get; } = [];

    /// <summary>What the channel says of an address; sent when it says nothing.</summary>
    public Func<string, DeviceDelivery>? Channel { get; set; }

    public bool PartyIsAway { get; set; }

    public static async Task<OutboxScene> WithPhonesAsync(int phones = 2, Action<ProviderOptions>? configure = null)
    {
        var world = await ProviderWorld.WithAccountAsync(options =>
        {
            options.Outbox.Jitter = 0;
            configure?.Invoke(options);
        });
        if (phones > 1)
        {
            await EnrolAsync(world, new SoftwareUafAuthenticator(world.Model), OldAddress);
            world.Time.Advance(TimeSpan.FromSeconds(1));
        }

        await EnrolAsync(world, world.Phone, NewAddress);
        return new(world);
    }

    /// <summary>What an instance of the OP does: takes what is due until nothing is.</summary>
    public async Task<int> RunAsync()
    {
        IOutboxHandler[] handlers =
        [
            new Announcer(World.Store, World.Options, this, World.Time),
            new DirectDecisions(World.Store, World.Options, [], World.Time),
            new EndedTelling(World.Store, World.Options, this, [this], World.Time),
            new RecordedTelling(World.Store, World.Options, this, World.Time),
        ];
        var runner = new OutboxRunner(World.Store, World.Options, handlers, World.Time, [this]);
        int taken, all = 0;
        do
        {
            taken = await runner.RunOnceAsync(TestContext.Current.CancellationToken);
            all += taken;
        }
        while (taken > 0);
        return all;
    }

    public async Task<int> RunAfterAsync(double seconds)
    {
        World.Time.Advance(TimeSpan.FromSeconds(seconds));
        return await RunAsync();
    }

    public async Task<CibaRequest> AskAsync()
    {
        var request = await World.OpenRequestAsync();
        await Opener.NotifyAsync(request);
        return request;
    }

    public async Task<ConsentRecord> ConsentAsync()
    {
        var request = await World.OpenRequestAsync();
        Assert.Null((await World.ConsentAsync(request)).Error);
        var stored = await World.Store.FindRequestAsync(TenantId.Single, request.Id);
        return (await World.Store.FindConsentAsync(TenantId.Single, stored!.Grant!.ConsentId!))!;
    }

    public async Task<ConsentRecord> WithdrawAsync(ConsentRecord consent, bool tellsAtOnce = true)
    {
        await World.Store.WithdrawConsentAsync(consent.Tenant, consent.Id, consent.Subject, World.Time.GetUtcNow());
        var withdrawn = (await World.Store.FindConsentAsync(consent.Tenant, consent.Id))!;
        if (tellsAtOnce)
        {
            await Reach.TellAsync([withdrawn], actingDeviceId: null);
        }

        return withdrawn;
    }

    public async Task<Device> DeviceAsync(string address) =>
        (await World.Store.ListDevicesAsync(TenantId.Single, ProviderWorld.PatientA)).Single(device => device.PushAddress == address);

    public ValueTask<bool> NotifyAsync(string pushAddress, string requestId, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public ValueTask<DeviceDelivery> DeliverAsync(DeviceAnnouncement announcement, CancellationToken cancellationToken = default)
    {
        Sent.Add(announcement);
        return ValueTask.FromResult(Channel?.Invoke(announcement.PushAddress) ?? DeviceDelivery.Sent);
    }

    public ValueTask TellAsync(ConsentEnded ended, CancellationToken cancellationToken = default)
    {
        if (PartyIsAway)
        {
            throw new IOException("synthetic");
        }

        Told.Add(ended);
        return ValueTask.CompletedTask;
    }

    public void GaveUp(OutboxMessage message, string code) => GivenUp.Add((message.Kind, code));

    private static async Task EnrolAsync(ProviderWorld world, SoftwareUafAuthenticator phone, string address)
    {
        var ticket = (await world.Desk.IssueTicketAsync(ProviderWorld.PatientA, ProviderWorld.Proofed)).Value!;
        var act = await world.Acts.BeginEnrolmentAsync(ticket, address);
        Assert.Null((await world.Acts.CompleteAsync(phone.Register(act.Value!.UafRequest, ProviderWorld.Facet), ticket)).Error);
    }
}
