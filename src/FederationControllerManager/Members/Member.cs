using KubeFed.FederationControllerManager.Clusters;
using KubeFed.FederationControllerManager.Dispatch;
using KubeFed.KubeClient.Authentication;
using KubeFed.KubeClient.Dynamic;
using KubeFed.KubeClient.Informers;

namespace KubeFed.FederationControllerManager.Members;

/// <summary>
/// The connection to one member: its client, its informers and its dispatch queue. Lives as long as the settings it was
/// made from; new settings make a new one, a new token is put into it.
/// </summary>
internal sealed class Member : IAsyncDisposable
{
    /// <summary>How long requests under way may go on when the work is stopped: less than others wait before they lead.</summary>
    private static readonly TimeSpan AbortAfter = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _stopping;
    private readonly CancellationTokenSource _aborting = new();
    private readonly CancellationTokenRegistration _abortion;
    private readonly IAsyncDisposable _transport;
    private readonly Task _dispatching;

    public Member(
        string name,
        string endpoint,
        string settings,
        RotatingToken token,
        MissingRights rights,
        IDynamicClient client,
        IAsyncDisposable transport,
        SharedInformerCache informers,
        MemberDispatcher dispatcher,
        CancellationToken leading)
    {
        _stopping = CancellationTokenSource.CreateLinkedTokenSource(leading);
        _abortion = _stopping.Token.Register(() => _aborting.CancelAfter(AbortAfter));
        Endpoint = endpoint;
        Name = name;
        Settings = settings;
        Token = token;
        Rights = rights;
        Client = client;
        Informers = informers;
        Dispatcher = dispatcher;
        _transport = transport;
        _dispatching = dispatcher.RunAsync(_stopping.Token, _aborting.Token);
    }

    /// <summary>The name of the cluster.</summary>
    public string Name { get; }

    /// <summary>The address of its API server.</summary>
    public string Endpoint { get; }

    /// <summary>A fingerprint of the settings it was made from, without the token.</summary>
    public string Settings { get; }

    /// <summary>The token of its requests.</summary>
    public RotatingToken Token { get; }

    /// <summary>What the member has lately not let the control plane do.</summary>
    public MissingRights Rights { get; }

    /// <summary>The member's API.</summary>
    public IDynamicClient Client { get; }

    /// <summary>The informers on the member, shared between controllers.</summary>
    public SharedInformerCache Informers { get; }

    /// <summary>Everything to be done in the member.</summary>
    public MemberDispatcher Dispatcher { get; }

    /// <summary>Cancels what is under way and closes the connection.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _dispatching;
        Dispatcher.Dispose();
        await Informers.DisposeAsync();
        await _transport.DisposeAsync();
        await _abortion.DisposeAsync();
        _aborting.Dispose();
        _stopping.Dispose();
    }
}
