namespace KubeFed.Scale.Servers;

/// <summary>The objects that are there before anything is measured.</summary>
internal sealed class Loading(MeasuredServer server, TimeProvider time)
{
    private const int Clients = 32;

    /// <summary>How many there are to list, and to get.</summary>
    public static int Listed { get; private set; }

    /// <summary>The name of one of those to get; numbers beyond them begin anew.</summary>
    public static string Name(int number) => $"object-{number % Listed:D5}";

    /// <summary>Creates them, half of them in the namespace that is listed.</summary>
    public Task<Sample> RunAsync(int objects, CancellationToken cancellationToken)
    {
        Listed = objects / 2;
        return new Load(server, time).CountAsync(
            objects,
            Clients,
            (worker, number, token) =>
            {
                var place = number < Listed ? Namespaces.List : Namespaces.Load;
                return server.Client(worker).PostAsync(Subject.Path(place), Subject.Object(place, Name(number), "0"), token);
            },
            cancellationToken);
    }
}
