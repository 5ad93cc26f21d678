using System.Text.Json.Serialization;

namespace KubeFed.Scale.Measure;

/// <summary>Processor time, in seconds.</summary>
internal sealed record CpuSeconds
{
    /// <summary>The controller manager's.</summary>
    public double ControllerManager { get; init; }

    /// <summary>The controller manager's process; null: none.</summary>
    [JsonIgnore]
    public int? ControllerManagerId { get; init; }

    /// <summary>All API servers'.</summary>
    public double ApiServers { get; init; }

    /// <summary>All etcds'.</summary>
    public double Etcd { get; init; }

    /// <summary>This tool's own.</summary>
    public double Tool { get; init; }

    /// <summary>What the machine spent on anything, others included.</summary>
    public double Machine { get; init; }

    /// <summary>What the machine spent on none of the above.</summary>
    public double Others => Math.Max(0, Machine - ControllerManager - ApiServers - Etcd - Tool);

    /// <summary>What was spent so far.</summary>
    public static CpuSeconds Read(int? controllerManager)
    {
        var own = ProcessSample.ReadOwn();
        return new CpuSeconds
        {
            ControllerManagerId = controllerManager,
            ControllerManager = own.Where(sample => sample.Id == controllerManager).Sum(static sample => sample.CpuSeconds),
            ApiServers = own.Where(static sample => sample.Name == "kube-apiserver").Sum(static sample => sample.CpuSeconds),
            Etcd = own.Where(static sample => sample.Name == "etcd").Sum(static sample => sample.CpuSeconds),
            Tool = own[0].CpuSeconds,
            Machine = MachineLoad.BusySeconds(),
        };
    }

    /// <summary>What came between an earlier reading and this one. Of a controller manager that was started meanwhile, all.</summary>
    public CpuSeconds Since(CpuSeconds earlier) => new()
    {
        ControllerManager = ControllerManager - (ControllerManagerId == earlier.ControllerManagerId ? earlier.ControllerManager : 0),
        ApiServers = ApiServers - earlier.ApiServers,
        Etcd = Etcd - earlier.Etcd,
        Tool = Tool - earlier.Tool,
        Machine = Machine - earlier.Machine,
    };
}
