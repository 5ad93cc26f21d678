using System.CommandLine;
using KubeFed.ApiServerRuntime.Storage.Etcd;
using KubeFed.ComponentBase.Options;

namespace KubeFed.FederationApiServer.Options;

/// <summary>The flags that say where objects are kept.</summary>
internal sealed class StorageOptions : IOptionGroup
{
    /// <summary>The name of the database in the data folder.</summary>
    public const string DatabaseName = "kubefed.db";

    private static readonly EtcdStorageOptions EtcdDefaults = new();

    private readonly Option<StorageBackend> _backend = Flags.Choice(
        "--storage-backend", StorageBackend.Sqlite, "Where objects are kept: sqlite (a file in --data-dir, one replica), etcd (several replicas) or memory (until the process ends).");

    private readonly Option<string> _dataDir = CreateDataDirFlag();

    private readonly Option<string[]> _servers = new("--etcd-servers")
    {
        Description = "The addresses of etcd, separated by commas, such as https://etcd-0:2379.",
        HelpName = "urls",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = static _ => [],
    };

    private readonly Option<string?> _authority = File("--etcd-cafile", "The authority of etcd's certificates. Default: the system's.");
    private readonly Option<string?> _certificate = File("--etcd-certfile", "The certificate to identify with to etcd.");
    private readonly Option<string?> _key = File("--etcd-keyfile", "The key of --etcd-certfile.");
    private readonly Option<string?> _user = new("--etcd-username") { Description = "The user to log in to etcd as.", HelpName = "user" };
    private readonly Option<string?> _password = File("--etcd-password-file", "The file with the password of --etcd-username.");

    private readonly Option<string> _prefix = new("--etcd-prefix")
    {
        Description = $"What all keys in etcd begin with. (default {EtcdDefaults.Prefix})",
        HelpName = "prefix",
        DefaultValueFactory = static _ => EtcdDefaults.Prefix,
    };

    private readonly Option<TimeSpan> _history = Flags.Duration(
        "--history-window", TimeSpan.FromMinutes(5), "How long changes are kept for watches that resume and lists that continue; at most twice that long.");

    /// <summary>Where objects are kept.</summary>
    public StorageBackend Backend { get; set; }

    /// <summary>The folder of the server's own files.</summary>
    public string DataDir { get; set; } = "kubefed-data";

    /// <summary>How long changes are kept.</summary>
    public TimeSpan HistoryWindow { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How etcd is reached.</summary>
    public EtcdStorageOptions Etcd { get; set; } = EtcdDefaults;

    /// <summary>The database file.</summary>
    public string DatabaseFile => Path.Combine(DataDir, DatabaseName);

    /// <summary>Makes the flag that says where the server's own files are.</summary>
    public static Option<string> CreateDataDirFlag() => new("--data-dir")
    {
        Description = "The folder of the database and of certificates made by the server itself. (default ./kubefed-data)",
        HelpName = "folder",
        DefaultValueFactory = static _ => "kubefed-data",
    };

    /// <inheritdoc/>
    public void AddFlags(Command command)
    {
        foreach (var option in new Option[] { _backend, _dataDir, _servers, _authority, _certificate, _key, _user, _password, _prefix, _history })
        {
            command.Options.Add(option);
        }
    }

    /// <inheritdoc/>
    public void Read(ParseResult result)
    {
        Backend = result.GetValue(_backend);
        DataDir = result.GetValue(_dataDir)!;
        HistoryWindow = result.GetValue(_history);
        Etcd = EtcdDefaults with
        {
            Endpoints = [.. result.GetValue(_servers)!.SelectMany(static urls => urls.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))],
            AuthorityFile = result.GetValue(_authority),
            CertificateFile = result.GetValue(_certificate),
            KeyFile = result.GetValue(_key),
            UserName = result.GetValue(_user),
            PasswordFile = result.GetValue(_password),
            Prefix = result.GetValue(_prefix)!,
            HistoryWindow = HistoryWindow,
            CompactionInterval = HistoryWindow,
        };
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Validate()
    {
        if (HistoryWindow < TimeSpan.FromSeconds(75))
        {
            return ["--history-window must be at least 1m15s: clients resume watches after more than a minute"];
        }

        return Backend != StorageBackend.Etcd ? []
            : Etcd.Endpoints.Count == 0 ? ["--etcd-servers must be set with --storage-backend=etcd"]
            : Etcd.Validate();
    }

    private static Option<string?> File(string name, string description) => new(name) { Description = description, HelpName = "file" };
}
