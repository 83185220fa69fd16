using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Optimisers and learning-rate schedules.</summary>
    public static partial class optim
    {
        /// <summary>Something whose learning rate can be set, a group of parameters for instance.</summary>
        public interface ILearningRateController
        {
            /// <summary>The learning rate now.</summary>
            double LearningRate { get; set; }

            /// <summary>The learning rate that schedules start from.</summary>
            double InitialLearningRate { get; set; }
        }

        /// <summary>Something with the two decay rates of Adam's averages.</summary>
        public interface IBetas
        {
            /// <summary>Decay of the gradients' average, and of their squares' average.</summary>
            (double, double) Betas { get; set; }
        }

        /// <summary>Moves parameters along their gradients.</summary>
        public abstract class Optimizer : IDisposable
        {
            protected IList<ParamGroup> _parameter_groups = [];

            /// <param name="handle">Not used; the real package's native optimiser.</param>
            protected Optimizer(nint handle)
            {
            }

            /// <summary>The groups of parameters, each with its own learning rate.</summary>
            public virtual IEnumerable<ILearningRateController> ParamGroups => _parameter_groups;

            /// <summary>All parameters of all groups.</summary>
            public virtual IEnumerable<Parameter> parameters() => _parameter_groups.SelectMany(g => g.Parameters);

            /// <summary>Adds a group.</summary>
            public virtual void add_param_group(ParamGroup param_group) => _parameter_groups.Add(param_group);

            /// <summary>Drops all gradients.</summary>
            public virtual void zero_grad()
            {
                foreach (var parameter in parameters())
                    parameter.ClearGrad(true);
            }

            /// <summary>Moves the parameters by one step.</summary>
            /// <param name="closure">Computes the loss and its gradients anew first; its result is returned.</param>
            public virtual Tensor? step(Func<Tensor>? closure = null) => throw new NotSupportedException($"{GetType().Name} has no step.");

            /// <inheritdoc/>
            public void Dispose()
            {
                Dispose(true);
                GC.SuppressFinalize(this);
            }

            protected virtual void Dispose(bool disposing)
            {
            }

            /// <summary>An optimiser's state: options of the groups, and state of the parameters by their place in the groups.</summary>
            public class StateDictionary
            {
                internal StateDictionary()
                {
                }

                /// <summary>Each group's options.</summary>
                public List<OptimizerOptions> Options { get; } = [];

                /// <summary>Each parameter's state.</summary>
                public List<OptimizerState> State { get; } = [];

                /// <summary>For each group, the places of its parameters in <see cref="State"/>.</summary>
                public List<List<int>> StateIndexRef { get; } = [];
            }
        }
    }
}
