namespace KubeFed.Scale.Servers;

/// <summary>What single requests cost: creates, gets, updates and applies at several numbers of clients.</summary>
internal sealed class RequestRows(MeasuredServer server, TimeSpan duration, TimeProvider time)
{
    private static int s_sequence;

    private readonly Load _load = new(server, time);

    /// <summary>POST of new objects.</summary>
    public Task<Sample> CreateAsync(int clients, CancellationToken cancellationToken)
    {
        var run = NextRun();
        return _load.ForAsync(duration, clients, (worker, number, token) => server.Client(worker).PostAsync(
            Subject.Path(Namespaces.Write), Subject.Object(Namespaces.Write, $"c{run}-{worker}-{number}", "0"), token), cancellationToken);
    }

    /// <summary>GET without a resource version, which must see every write before it.</summary>
    public Task<Sample> GetAsync(int clients, CancellationToken cancellationToken) =>
        _load.ForAsync(duration, clients, (worker, number, token) => server.Client(worker).GetAsync(
            Subject.Path(Namespaces.List, Loading.Name((worker * 101) + number)), token), cancellationToken);

    /// <summary>PUT with a resource version, of objects of each client's own.</summary>
    public async Task<Sample> UpdateAsync(int clients, CancellationToken cancellationToken)
    {
        var run = NextRun();
        var versions = new string[clients];
        for (var worker = 0; worker < clients; worker++)
        {
            versions[worker] = (await CreateOneAsync(Name(worker), cancellationToken)).ResourceVersion;
        }

        return await _load.ForAsync(duration, clients, async (worker, number, token) =>
        {
            var body = Subject.Object(Namespaces.Write, Name(worker), $"{number}", versions[worker]);
            versions[worker] = (await server.Client(worker).PutAsync(Subject.Path(Namespaces.Write, Name(worker)), body, token)).ResourceVersion;
        }, cancellationToken);

        string Name(int worker) => $"u{run}-{worker}";
    }

    /// <summary>Apply that creates.</summary>
    public Task<Sample> ApplyNewAsync(int clients, CancellationToken cancellationToken)
    {
        var run = NextRun();
        return ApplyAsync(clients, (worker, number) => $"a{run}-{worker}-{number}", static _ => "0", cancellationToken);
    }

    /// <summary>Apply that finds all as it should be; the object exists after each worker's first.</summary>
    public Task<Sample> ApplySameAsync(int clients, CancellationToken cancellationToken)
    {
        var run = NextRun();
        return ApplyAsync(clients, (worker, _) => $"s{run}-{worker}", static _ => "0", cancellationToken);
    }

    /// <summary>Apply that changes the object.</summary>
    public Task<Sample> ApplyChangeAsync(int clients, CancellationToken cancellationToken)
    {
        var run = NextRun();
        return ApplyAsync(clients, (worker, _) => $"x{run}-{worker}", static number => $"{number}", cancellationToken);
    }

    private Task<Sample> ApplyAsync(int clients, Func<int, int, string> name, Func<int, string> change, CancellationToken cancellationToken) =>
        _load.ForAsync(duration, clients, (worker, number, token) =>
        {
            var named = name(worker, number);
            return server.Client(worker).ApplyAsync(Subject.Path(Namespaces.Write, named), Subject.Object(Namespaces.Write, named, change(number)), token);
        }, cancellationToken);

    private Task<Answer> CreateOneAsync(string name, CancellationToken cancellationToken) =>
        server.Client(0).PostAsync(Subject.Path(Namespaces.Write), Subject.Object(Namespaces.Write, name, "new"), cancellationToken);

    private static int NextRun() => Interlocked.Increment(ref s_sequence);
}
