namespace KubeFed.KubeClient.Configuration;

/// <summary>Reads one kubeconfig (v1 Config). Unknown fields are ignored, wrong types are not.</summary>
internal sealed class KubeConfigParser(string file, string? directory)
{
    private const string ExecExtension = "client.authentication.k8s.io/exec";

    public KubeConfigDocument Parse(string text)
    {
        using var json = KubeConfigText.ReadJson(text, file);
        if (json is null)
        {
            return KubeConfigDocument.Empty with { Files = [file] };
        }

        var root = ConfigNode.Root(json.RootElement, file);
        CheckType(root);
        return new KubeConfigDocument
        {
            CurrentContext = root.String("current-context") ?? "",
            Clusters = Named(root, "clusters", "cluster", ReadCluster, c => c.Name),
            Users = Named(root, "users", "user", ReadUser, u => u.Name),
            Contexts = Named(root, "contexts", "context", ReadContext, c => c.Name),
            Files = [file],
        };
    }

    private static void CheckType(ConfigNode root)
    {
        var apiVersion = root.String("apiVersion") ?? "v1";
        var kind = root.String("kind") ?? "Config";
        if (apiVersion != "v1" || kind != "Config")
        {
            throw root.Error($"this is no kubeconfig: expected apiVersion v1 and kind Config, found {apiVersion} and {kind}");
        }
    }

    private static List<T> Named<T>(
        ConfigNode root, string list, string field, Func<string, ConfigNode?, string, T> read, Func<T, string> nameOf)
    {
        var result = new List<T>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entry in root.Objects(list))
        {
            var name = entry.String("name") ?? "";
            var value = read(name, entry.Object(field), entry.Origin);
            result.Add(names.Add(nameOf(value)) ? value : throw entry.Error($"the name \"{name}\" is taken by an entry before it"));
        }

        return result;
    }

    private static KubeConfigContext ReadContext(string name, ConfigNode? node, string origin) => new()
    {
        Name = name,
        Cluster = node?.String("cluster") ?? "",
        User = node?.String("user") ?? "",
        Namespace = node?.String("namespace"),
        Origin = node?.Origin ?? origin,
    };

    private static ExecPluginConfig? ReadExec(ConfigNode? node, string? directory)
    {
        if (node is not { } exec)
        {
            return null;
        }

        var apiVersion = exec.String("apiVersion") ?? throw exec.Error("apiVersion is missing");
        if (apiVersion is not (ExecPluginConfig.V1 or ExecPluginConfig.V1Beta1))
        {
            throw exec.Error($"apiVersion must be {ExecPluginConfig.V1} or {ExecPluginConfig.V1Beta1}, found {apiVersion}");
        }

        var command = exec.String("command") ?? throw exec.Error("command is missing");
        return new ExecPluginConfig
        {
            ApiVersion = apiVersion,
            Command = command.Contains(Path.DirectorySeparatorChar) ? Absolute(command, exec, "command", directory)! : command,
            Arguments = exec.Strings("args"),
            Environment = ReadEnvironment(exec),
            InstallHint = exec.String("installHint"),
            ProvideClusterInfo = exec.Bool("provideClusterInfo"),
            InteractiveMode = ReadMode(exec, apiVersion),
        };
    }

    private static Dictionary<string, string> ReadEnvironment(ConfigNode exec)
    {
        var result = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var entry in exec.Objects("env"))
        {
            var name = entry.String("name") ?? throw entry.Error("name is missing");
            if (name.AsSpan().ContainsAny('=', '\0'))
            {
                throw entry.Error("name is not the name of an environment variable");
            }

            var value = entry.String("value") ?? "";
            result[name] = value.Contains('\0', StringComparison.Ordinal) ? throw entry.Error("value has a null character") : value;
        }

        return result;
    }

    private static ExecInteractiveMode ReadMode(ConfigNode exec, string apiVersion) => exec.String("interactiveMode") switch
    {
        "Never" => ExecInteractiveMode.Never,
        "IfAvailable" => ExecInteractiveMode.IfAvailable,
        "Always" => ExecInteractiveMode.Always,
        null when apiVersion == ExecPluginConfig.V1Beta1 => ExecInteractiveMode.IfAvailable,
        null => throw exec.Error("interactiveMode is missing; it must be Never, IfAvailable or Always"),
        var other => throw exec.Error($"interactiveMode must be Never, IfAvailable or Always, found \"{other}\""),
    };

    private static string? Absolute(string? path, ConfigNode node, string field, string? directory)
    {
        if (path is null)
        {
            return null;
        }

        if (path.Contains('\0', StringComparison.Ordinal))
        {
            throw node.Error($"{field} is not a file name");
        }

        return Path.GetFullPath(path, directory ?? Environment.CurrentDirectory);
    }

    private KubeConfigCluster ReadCluster(string name, ConfigNode? node, string origin)
    {
        if (node is not { } cluster)
        {
            return new KubeConfigCluster { Name = name, Origin = origin };
        }

        return new KubeConfigCluster
        {
            Name = name,
            Server = cluster.String("server") ?? "",
            CertificateAuthority = File(cluster, "certificate-authority"),
            CertificateAuthorityData = cluster.Base64("certificate-authority-data"),
            InsecureSkipTlsVerify = cluster.Bool("insecure-skip-tls-verify"),
            TlsServerName = cluster.String("tls-server-name"),
            ProxyUrl = cluster.String("proxy-url"),
            DisableCompression = cluster.Bool("disable-compression"),
            ExecConfigJson = cluster.Objects("extensions")
                .Where(e => e.String("name") == ExecExtension).Select(e => e.RawJson("extension")).FirstOrDefault(),
            Origin = cluster.Origin,
        };
    }

    private KubeConfigUser ReadUser(string name, ConfigNode? node, string origin)
    {
        if (node is not { } user)
        {
            return new KubeConfigUser { Name = name, Origin = origin };
        }

        var provider = user.Object("auth-provider");
        return new KubeConfigUser
        {
            Name = name,
            ClientCertificate = File(user, "client-certificate"),
            ClientCertificateData = user.Base64("client-certificate-data"),
            ClientKey = File(user, "client-key"),
            ClientKeyData = user.Base64("client-key-data"),
            Token = user.String("token"),
            TokenFile = File(user, "tokenFile"),
            Username = user.String("username"),
            Password = user.String("password"),
            ImpersonateUser = user.String("as"),
            ImpersonateUid = user.String("as-uid"),
            ImpersonateGroups = user.Strings("as-groups"),
            ImpersonateExtra = user.StringLists("as-user-extra"),
            Exec = ReadExec(user.Object("exec"), directory),
            AuthProvider = provider is null ? null : provider.Value.String("name") ?? "",
            Origin = user.Origin,
        };
    }

    private string? File(ConfigNode node, string field) => Absolute(node.String(field), node, field, directory);
}
