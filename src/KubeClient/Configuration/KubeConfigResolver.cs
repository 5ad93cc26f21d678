namespace KubeFed.KubeClient.Configuration;

/// <summary>Makes the configuration of one connection out of a kubeconfig, and refuses what kubectl would refuse.</summary>
internal sealed class KubeConfigResolver(KubeConfigDocument document, KubeConfigOptions options)
{
    private string Files => document.Files.Count > 0 ? string.Join(", ", document.Files) : "kubeconfig";

    public static Impersonation? Impersonate(KubeConfigUser? user, KubeConfigOptions options)
    {
        var name = options.ImpersonateUser ?? user?.ImpersonateUser;
        var uid = options.ImpersonateUid ?? user?.ImpersonateUid;
        var groups = options.ImpersonateGroups.Count > 0 ? options.ImpersonateGroups : user?.ImpersonateGroups ?? [];
        var extra = user?.ImpersonateExtra;
        if (!string.IsNullOrEmpty(name))
        {
            var result = new Impersonation { UserName = name, Uid = uid, Groups = groups };
            return extra is null ? result : result with { Extra = extra };
        }

        return uid is null && groups.Count == 0 && extra is not { Count: > 0 }
            ? null
            : throw new KubeConfigException(
                $"{user?.Origin ?? "options"}: UID, groups or extra attributes to act as are given, but no user to act as");
    }

    public KubeClientConfig Resolve()
    {
        var context = FindContext();
        var cluster = FindCluster(context);
        var user = FindUser(context);
        CheckUser(user);
        var server = new ClusterAddress(cluster);
        return new KubeClientConfig
        {
            Server = server.Server(HasTlsSettings(cluster, user)),
            ProxyUrl = server.Proxy(),
            CertificateAuthorityData = cluster.CertificateAuthorityData,
            CertificateAuthorityFile = cluster.CertificateAuthorityData.IsEmpty ? cluster.CertificateAuthority : null,
            SkipTlsVerify = CheckedInsecure(cluster),
            TlsServerName = cluster.TlsServerName,
            DisableCompression = cluster.DisableCompression,
            ClientCertificateData = user.ClientCertificateData,
            ClientCertificateFile = user.ClientCertificateData.IsEmpty ? user.ClientCertificate : null,
            ClientKeyData = user.ClientKeyData,
            ClientKeyFile = user.ClientKeyData.IsEmpty ? user.ClientKey : null,
            Token = user.Token,
            TokenFile = user.TokenFile,
            Username = user.Username,
            Password = user.Password,
            Exec = user.Exec is null ? null : user.Exec with { ClusterConfigJson = cluster.ExecConfigJson },
            Impersonation = Impersonate(user, options),
            Namespace = options.Namespace ?? context?.Namespace ?? "default",
        };
    }

    private static bool HasTlsSettings(KubeConfigCluster cluster, KubeConfigUser user) =>
        !cluster.CertificateAuthorityData.IsEmpty || cluster.CertificateAuthority is not null || cluster.InsecureSkipTlsVerify ||
        !user.ClientCertificateData.IsEmpty || user.ClientCertificate is not null;

    private static bool CheckedInsecure(KubeConfigCluster cluster)
    {
        var hasAuthority = !cluster.CertificateAuthorityData.IsEmpty || cluster.CertificateAuthority is not null;
        if (cluster.InsecureSkipTlsVerify && hasAuthority)
        {
            throw new KubeConfigException(
                $"{cluster.Origin}: insecure-skip-tls-verify cannot be true where a certificate-authority is given; remove one of them");
        }

        CheckFile(cluster.CertificateAuthorityData, cluster.CertificateAuthority, cluster.Origin, "certificate-authority");
        return cluster.InsecureSkipTlsVerify;
    }

    private static void CheckUser(KubeConfigUser user)
    {
        if (user.AuthProvider is { } provider)
        {
            throw new KubeConfigException(
                $"{user.Origin}.auth-provider: the auth-provider \"{provider}\" is not supported; use an exec credential plugin instead");
        }

        if (user.Token is not null && (user.Username is not null || user.Password is not null))
        {
            throw new KubeConfigException($"{user.Origin}: both a token and a username are given; only one is allowed");
        }

        CheckCertificate(user);
        CheckFile(default, user.TokenFile, user.Origin, "tokenFile");
    }

    private static void CheckCertificate(KubeConfigUser user)
    {
        var hasCertificate = !user.ClientCertificateData.IsEmpty || user.ClientCertificate is not null;
        var hasKey = !user.ClientKeyData.IsEmpty || user.ClientKey is not null;
        if (hasCertificate && !hasKey)
        {
            throw new KubeConfigException($"{user.Origin}: a client certificate is given without client-key or client-key-data");
        }

        CheckFile(user.ClientCertificateData, user.ClientCertificate, user.Origin, "client-certificate");
        CheckFile(user.ClientKeyData, user.ClientKey, user.Origin, "client-key");
    }

    private static void CheckFile(ReadOnlyMemory<byte> data, string? file, string origin, string field)
    {
        if (data.IsEmpty && file is not null && !File.Exists(file))
        {
            throw new KubeConfigException($"{origin}.{field}: {file}: no such file");
        }
    }

    private KubeConfigContext? FindContext()
    {
        var name = options.Context is { Length: > 0 } asked ? asked : document.CurrentContext;
        if (name.Length == 0)
        {
            return options.Cluster is null && options.Server is null
                ? throw new KubeConfigException($"{Files}: current-context is not set; choose one with --context{Known(Contexts)}")
                : null;
        }

        return document.FindContext(name)
            ?? throw new KubeConfigException($"{Files}: there is no context \"{name}\"{Known(Contexts)}");
    }

    private KubeConfigCluster FindCluster(KubeConfigContext? context)
    {
        var name = options.Cluster ?? context?.Cluster ?? "";
        var cluster = document.FindCluster(name);
        if (options.Server is { } server)
        {
            cluster ??= new KubeConfigCluster { Name = name, Origin = "--server" };
            return cluster with { Server = server };
        }

        if (cluster is not null)
        {
            return cluster;
        }

        var known = Known([.. document.Clusters.Select(c => c.Name)]);
        throw new KubeConfigException(
            options.Cluster is not null ? $"{Files}: there is no cluster \"{name}\"{known}"
            : name.Length == 0 ? $"{context?.Origin ?? Files}: the context \"{context?.Name}\" names no cluster"
            : $"{context!.Origin}.cluster: the context \"{context.Name}\" names the cluster \"{name}\", which does not exist{known}");
    }

    private KubeConfigUser FindUser(KubeConfigContext? context)
    {
        var name = options.User ?? context?.User ?? "";
        if (document.FindUser(name) is { } user)
        {
            return user;
        }

        var known = Known([.. document.Users.Select(u => u.Name)]);
        return options.User is not null ? throw new KubeConfigException($"{Files}: there is no user \"{name}\"{known}")
            : name.Length == 0 ? new KubeConfigUser { Name = "", Origin = Files }
            : throw new KubeConfigException(
                $"{context!.Origin}.user: the context \"{context.Name}\" names the user \"{name}\", which does not exist{known}");
    }

    private string[] Contexts => [.. document.Contexts.Select(c => c.Name)];

    private static string Known(string[] names)
    {
        const int most = 10;
        return names.Length == 0 ? "" : $" (known: {string.Join(", ", names.Take(most))}{(names.Length > most ? ", ..." : "")})";
    }
}
