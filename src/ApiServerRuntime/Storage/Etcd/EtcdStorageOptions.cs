namespace KubeFed.ApiServerRuntime.Storage.Etcd;

/// <summary>Which etcd holds the objects, and how it is spoken to.</summary>
public sealed record EtcdStorageOptions
{
    /// <summary>
    /// The members' client addresses, as <c>http://host:port</c> or <c>https://host:port</c>, all of one scheme. They are used one at a
    /// time: the next one when one does not answer.
    /// </summary>
    /// <value>Default: <c>http://127.0.0.1:2379</c>.</value>
    public IReadOnlyList<string> Endpoints { get; init; } = ["http://127.0.0.1:2379"];

    /// <summary>What every key begins with. Stores that share an etcd need different ones, none the beginning of another.</summary>
    /// <value>Default: <c>/registry</c>.</value>
    public string Prefix { get; init; } = "/registry";

    /// <summary>The file of the authorities, in PEM, of the members' certificates. It is read again when it changes.</summary>
    /// <value>Default null: the system's authorities.</value>
    public string? AuthorityFile { get; init; }

    /// <summary>The file of the client certificate, in PEM, intermediates after it. It is read again when it changes.</summary>
    /// <value>Default null: none.</value>
    public string? CertificateFile { get; init; }

    /// <summary>The file of the client certificate's key, in PEM. It is read again when it changes.</summary>
    /// <value>Default null: none.</value>
    public string? KeyFile { get; init; }

    /// <summary>The etcd user.</summary>
    /// <value>Default null: none.</value>
    public string? UserName { get; init; }

    /// <summary>The file that holds the user's password; a line break at its end does not count. It is read at every log-in.</summary>
    /// <value>Default null: none.</value>
    public string? PasswordFile { get; init; }

    /// <summary>How long making a connection may take.</summary>
    /// <value>Default 2 seconds.</value>
    public TimeSpan DialTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a request may take, all attempts together, before it fails as unavailable.</summary>
    /// <value>Default 5 seconds.</value>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long each page of a list may take.</summary>
    /// <value>Default 30 seconds.</value>
    public TimeSpan ListTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a connection in use may be silent before a ping is sent. etcd cuts off who pings oftener than every 5 seconds.</summary>
    /// <value>Default 10 seconds.</value>
    public TimeSpan KeepAliveTime { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long the answer to a ping may take before the connection counts as lost.</summary>
    /// <value>Default 5 seconds.</value>
    public TimeSpan KeepAliveTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How many requests may be under way at once, watches apart; more fail as unavailable at once.</summary>
    /// <value>Default 2000.</value>
    public int MaxConcurrentRequests { get; init; } = 2000;

    /// <summary>How often history is given up. Of several replicas one does it each time.</summary>
    /// <value>Default 5 minutes. Zero: never, someone else does it.</value>
    public TimeSpan CompactionInterval { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How much history is kept at least.</summary>
    /// <value>Default 5 minutes.</value>
    public TimeSpan HistoryWindow { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How many objects with a time to live share a lease.</summary>
    /// <value>Default 1000.</value>
    public int MaxObjectsPerLease { get; init; } = 1000;

    /// <summary>Everything that is wrong with the values, one sentence each; empty when all is well. Files are not opened.</summary>
    public IReadOnlyList<string> Validate() => EtcdOptionsValidator.Validate(this);
}
